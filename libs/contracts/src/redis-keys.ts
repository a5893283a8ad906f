import { identityKey } from './charge-point-identity.ts';
import { ID_TOKEN_TYPES } from './id-token-types.ts';

const NO_TYPE = 'untyped';

/** Every Redis key and channel, once. */
export const redisKeys = {
  /** Hash: the connection that owns a charger, see {@link OnlineEntry}. */
  online: (cpId: string): string => `cp:online:${cpId}`,
  /** Unix milliseconds at which anything was last heard of a charger; outlives the connection and its pod. */
  seen: (cpId: string): string => `cp:seen:${cpId}`,
  /** Channel: commands to the owner of a charger; only the owner subscribes. */
  command: (cpId: string): string => `cp:cmd:${cpId}`,
  /** List: what operators ask of transactions; each request is taken by one instance of ws-edge. */
  transactionRequests: 'cp:transaction-requests',
  /**
   * Channel: {@link OutboxWake} as JSON, after commits that put something in the outbox; every instance of ws-edge
   * subscribes.
   */
  outboxWakes: 'cp:outbox-wakes',
  /** Channel: the reply to one command, or to one request of an operator. */
  reply: (requestId: string): string => `cp:reply:${requestId}`,
  /** The answer to a CALL that a charger may send again; `hash` is of all that makes it the same CALL. */
  idempotency: (cpId: string, hash: string): string => `cp:idem:${cpId}:${hash}`,
  /**
   * Cache of the backend's authorize answers; id tokens compare case-insensitively. A token of OCPP 1.6 has no type, and
   * the backend may judge the same text differently as a token of another type.
   */
  authorize: (idToken: string, type?: string): string => `auth:${type ?? NO_TYPE}:${idToken.toLowerCase()}`,
  /** A proof by which a verified password is recognised without hashing it. It is useless without the stored hash. */
  passwordProof: (cpId: string): string => `cp:proof:${identityKey(cpId)}`,
  /** Hash by identity: {@link ReconnectLoop} as JSON, of each charger that is held back for connecting over and over. */
  reconnectLoops: 'cp:reconnect-loops',
  /** Set: the reasons for which handshakes were refused. */
  refusalReasons: 'cp:refusal-reasons',
  /** Stream: {@link RefusedHandshake} as JSON in the field `refused`, the latest for one reason. */
  refusals: (reason: string): string => `cp:refusals:${reason}`,
};

/** The keys of the cached answers about an id token, one for each type that it may have. */
export function authorizeKeys(idToken: string): string[] {
  return [undefined, ...ID_TOKEN_TYPES].map((type) => redisKeys.authorize(idToken, type));
}

/** The shards of the outbox that got entries, by destination. */
export type OutboxWake = Partial<Record<string, number[]>>;

/** Who owns a charger's socket. Stored as a Redis hash of strings. */
export interface OnlineEntry {
  pod: string;
  connectionId: string;
  /** Fencing token: grows with every connection of the charger, across pods. */
  epoch: number;
  /** "ocpp1.6" or "ocpp2.0.1" */
  protocol: string;
  /** Unix milliseconds. */
  since: number;
  /** Unix milliseconds of the last frame seen, refreshed in batches. */
  lastSeen: number;
}

/** A handshake that was refused, as an operator finds it. */
export interface RefusedHandshake {
  /** As the path of the request names it. */
  cpId: string;
  /** Unix milliseconds. */
  at: number;
  pod: string;
  /** The address it came from. */
  source: string;
  /** The HTTP status it was answered with. */
  status: number;
  reason: string;
  /** What it was answered: it says what to do. */
  detail: string;
}

/** A charger that connects over and over, as an operator finds it. Times are Unix milliseconds. */
export interface ReconnectLoop {
  cpId: string;
  /** Where it connects to. */
  pod: string;
  /** Since when its connections have been short. */
  since: number;
  /** Its latest connection. */
  last: number;
  /** Connections in a row that did not last. */
  connections: number;
  /** Of these, how many took the place of one that was still open. */
  takeovers: number;
  /** How long it has to stay away between two of them now. */
  delayMs: number;
  /** The addresses they came from, latest last; several may mean that two chargers share the identity. */
  sources: string[];
}
