import type { Version } from '../misbehaviour/misbehaviour.ts';

/** Numbers that a gateway gives, and that later messages name. */
export type GivenId = 'transactionId' | 'requestId' | 'remoteStartId' | 'reservationId';

const SAME_NAME: ReadonlySet<string> = new Set<GivenId>(['requestId', 'remoteStartId', 'reservationId']);

/** Which number a field holds; undefined when it holds none. In 2.0.1 the charge point names transactions itself. */
export function givenIdOf(version: Version, action: string, field: string): GivenId | undefined {
  if (field === 'transactionId') return version === '1.6' ? field : undefined;
  if (action === 'ReserveNow' && field === 'id') return 'reservationId';
  return SAME_NAME.has(field) ? (field as GivenId) : undefined;
}

/** What the gateway gives now for each number of the recording. */
export class GivenIds {
  readonly #now = new Map<string, string>();
  readonly #recorded = new Map<string, string>();

  /** False when the recorded number stands for another one already, or the other way round. */
  learn(kind: GivenId, recorded: unknown, now: unknown): boolean {
    const [before, after] = [`${kind} ${String(recorded)}`, `${kind} ${String(now)}`];
    const known = this.#now.get(before) ?? after;
    const stands = this.#recorded.get(after) ?? before;
    if (known !== after || stands !== before) return false;
    this.#now.set(before, after);
    this.#recorded.set(after, before);
    return true;
  }

  /** The recorded value itself where nothing is known of it. */
  now(kind: GivenId, recorded: unknown): unknown {
    const known = this.#now.get(`${kind} ${String(recorded)}`)?.slice(kind.length + 1);
    if (known === undefined) return recorded;
    return typeof recorded === 'number' ? Number(known) : known;
  }
}
