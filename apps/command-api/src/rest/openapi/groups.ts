import { ApiTags } from '@nestjs/swagger';
import type { CommandJob } from '@ocpp-gw/contracts';

const COMMAND_GROUPS: Record<CommandJob, string> = {
  charging: 'Start and stop charging remotely.',
  availability: 'Take charge points in and out of service, reset them, and ask them for their state.',
  reservations: 'Reserve an EVSE for a driver.',
  authorization: 'Keep the local list and the authorization cache of charge points.',
  'smart charging': 'Limit the power of charge points by charging profiles.',
  configuration: 'Read and change the settings of charge points, and how they reach the gateway.',
  'device model': 'Read, set and monitor the variables of OCPP 2.0.1 charge points.',
  firmware: 'Update the firmware of charge points.',
  diagnostics: 'Fetch logs, and read security events.',
  certificates: 'Install, list and delete certificates, and answer signing requests.',
  display: 'Show messages on the display of charge points.',
  'other messages': 'Send any other message of OCPP as it is.',
};

/** The groups of the API description in their order, with what each of them is for. */
export const GROUPS = {
  'charge points': 'List charge points, read their state, and register them.',
  transactions: 'Read transactions, and correct those that charge points left open.',
  'meter values': 'Read what the meters of charge points measured.',
  ...COMMAND_GROUPS,
  conversations: 'Record what a charge point and the gateway say to each other, read it, and see what is wrong.',
  'command log': 'Find commands and their outcome.',
  'bulk commands': 'Send one command to many charge points, and see what became of it at each.',
  events: 'Follow events as they happen, and go on where a stream ended.',
  webhooks: 'Receive events at a URL of your own, and see, replay and resend what was delivered there.',
  health: 'Check whether the service runs and is ready. These routes need no token.',
} as const;

/** Puts a route into a group of the API description, or all routes of a controller. */
export const Group = (group: keyof typeof GROUPS): MethodDecorator & ClassDecorator => ApiTags(group);
