export { Gateway, type CommandOptions, type GatewayOptions } from './gateway.ts';
export { GatewayProblem, type Problem, type ProblemType } from './problem.ts';
export { verifyWebhook, type WebhookEvent } from './webhook.ts';
export type { Command, CommandBody, CommandName, ItemOf, ListParameters, ListPath } from './types.ts';
export type { components, paths } from './generated/api.ts';
export { WebhookVerificationError } from 'standardwebhooks';
