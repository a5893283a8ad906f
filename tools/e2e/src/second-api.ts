import { startCommandApi, type CommandApi } from '@ocpp-gw/rig';
import { BACKEND_TOKEN, TOKEN, WEBHOOK_SECRET, type Stack } from './stack.ts';

/** Another command-api beside that of the stack. */
export function startSecondApi({ dataPlane, backend }: Stack, name = 'second-command-api'): Promise<CommandApi> {
  const target = { url: backend.url, token: BACKEND_TOKEN, webhookSecret: WEBHOOK_SECRET, events: [] };
  return startCommandApi({ name, dataPlane, backend: target, token: TOKEN });
}
