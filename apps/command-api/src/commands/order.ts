import { identityKey, type Command } from '@ocpp-gw/contracts';
import { createHash } from 'node:crypto';
import type { RequestFault } from '../problems/members.ts';

/** A command as a caller asks for it. */
export interface Order {
  /** As the caller wrote it. */
  cpId: string;
  /** Last segment of the route of a typed command, or `call`. */
  name: string;
  /** OCPP action of a generic call. */
  action?: string;
  /** The fields of the caller, without how long to wait. */
  request: Readonly<Record<string, unknown>>;
  /** The field of the request that the gateway fills in with a new id when the caller leaves it out. */
  made?: string;
  toCommand: (request: Record<string, unknown>) => Command;
  /** What the gateway knows against the command before it is sent. */
  faults?: (command: Command) => Promise<RequestFault[]>;
}

/** Equal for requests that ask for the same. The order of members does not matter. */
export function bodyHash({ cpId, name, action, request }: Order): string {
  const content = JSON.stringify([identityKey(cpId), name, action ?? null, sorted(request)]);
  return createHash('sha256').update(content).digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([name, member]) => [name, sorted(member)]);
}
