import type { TrueMessage, TrueSession, Truth } from '../truth.ts';

/** A transaction or an unassigned record, as REST shows it; the fields that count here. */
export interface KeptTransaction {
  cp_id: string;
  transaction_id: string;
  station_transaction_id?: string;
  state: string;
  evse_id: number;
  connector_id: number;
  id_token: string | null;
  /** ISO 8601, by the charger's clock where it can be meant. */
  started_at: string;
  meter_start_wh: number | null;
  meter_stop_wh: number | null;
  energy_wh: number | null;
  energy_reason?: string | null;
  end_inferred?: string | null;
  suspect_since?: string | null;
  unassigned_reason?: string | null;
  assigned_to?: string | null;
}

export interface Finding {
  rule:
    /** Somebody is billed for what another used, or for what nobody did. */
    | 'driver'
    /** The energy of a session is neither right nor null with a reason that the misbehaviour gives. */
    | 'energy'
    /** The sessions of a connector have more than its meter counted. */
    | 'sum'
    /** What could not be assigned, or never ended, is not listed. */
    | 'listed'
    /** What was acknowledged is nowhere. */
    | 'kept';
  cpId: string;
  what: string;
  misbehaviours: readonly string[];
  /** What the charger sent about it. */
  sent: readonly TrueMessage[];
  /** What the gateway made of it. */
  came: readonly KeptTransaction[];
}

/** Whether what the gateway keeps agrees with what really happened. What a misbehaviour hides may be missing, never wrong. */
export function judge(truth: readonly Truth[], kept: readonly KeptTransaction[]): Finding[] {
  const keptBy = Map.groupBy(kept, ({ cp_id }) => cp_id);
  return [...Map.groupBy(truth, ({ cpId }) => cpId)].flatMap(([cpId, entries]) =>
    new Charge(cpId, entries, keptBy.get(cpId) ?? []).findings(),
  );
}

/** Each session that has ended, as it was reported, with what is kept of it. */
export function matchSessions(
  truth: readonly Truth[],
  kept: readonly KeptTransaction[],
): { session: TrueSession; record: KeptTransaction | undefined }[] {
  const keptBy = Map.groupBy(kept, ({ cp_id }) => cp_id);
  return [...Map.groupBy(truth, ({ cpId }) => cpId)].flatMap(([cpId, entries]) =>
    new Charge(cpId, entries, keptBy.get(cpId) ?? []).matched(),
  );
}

/** No session of the simulator is as short. */
const A_MOMENT_MS = 5_000;

const same = (one: string | null, other: string): boolean => one?.trim().toLowerCase() === other.trim().toLowerCase();

/** One charger's truth beside what is kept of it. */
class Charge {
  readonly #cpId: string;
  readonly #sessions: readonly TrueSession[];
  readonly #messages: readonly TrueMessage[];
  readonly #assigned: readonly KeptTransaction[];
  readonly #unassigned: readonly KeptTransaction[];

  constructor(cpId: string, truth: readonly Truth[], kept: readonly KeptTransaction[]) {
    this.#cpId = cpId;
    this.#messages = truth.filter((entry) => entry.kind === 'message');
    this.#sessions = truth.filter((entry) => entry.kind === 'session').map((session) => this.#asReported(session));
    const waits = ({ unassigned_reason, assigned_to }: KeptTransaction): boolean =>
      Boolean(unassigned_reason) && !assigned_to;
    this.#unassigned = kept.filter(waits);
    this.#assigned = kept.filter((record) => !waits(record) && !record.assigned_to);
  }

  findings(): Finding[] {
    const matches = this.#matches();
    const matched = new Set(matches.values());
    return [
      ...this.#assigned.flatMap((record) => this.#driver(record, matched)),
      ...this.#sessions.flatMap((session) => this.#session(session, matches.get(session))),
      ...this.#sums(),
    ];
  }

  matched(): { session: TrueSession; record: KeptTransaction | undefined }[] {
    const matches = this.#matches();
    return this.#sessions.map((session) => ({ session, record: matches.get(session) }));
  }

  /** A reading after the end that names the session is the session's to everybody who never heard of the end. */
  #asReported(session: TrueSession): TrueSession {
    const named = this.#acknowledged(session).filter(({ role }) => role !== 'idle');
    if (named.some(({ role }) => role === 'stop')) return session;
    const beyondWh = Math.max(0, ...named.map(({ registerWh }) => registerWh - session.registerEndWh));
    if (beyondWh === 0 || fell(session)) return session;
    return {
      ...session,
      registerEndWh: session.registerEndWh + beyondWh,
      energyWh: session.energyWh + beyondWh,
    };
  }

  #acknowledged({ session }: TrueSession): TrueMessage[] {
    return this.#messages.filter((message) => message.session === session && message.outcome === 'acknowledged');
  }

  /** Which transaction is which session's: the token says whose, and id and register which of one driver's. */
  #matches(): Map<TrueSession, KeptTransaction> {
    const matches = new Map<TrueSession, KeptTransaction>();
    const left = new Set(this.#assigned);
    const isDrivers: Fit = (session, { id_token }) => same(id_token, session.idToken);
    const isNobodys: Fit = (session, record) =>
      record.id_token === null && hides(session, 'token') && covers(session, record);
    // The meter is read a moment before the start is written.
    const beganThen: Fit = (session, { started_at }) =>
      Math.abs(Date.parse(started_at) - Date.parse(session.beganAt)) < A_MOMENT_MS;
    const begins: Fit = (session, { meter_start_wh }) => meter_start_wh === session.registerBeginWh;
    const ends: Fit = (session, { meter_stop_wh }) => meter_stop_wh === session.registerEndWh;
    const named: Fit = (session, record) => this.#isNamed(session, record);
    const fits: Fit[] = [
      (session, record) => beganThen(session, record) && named(session, record),
      (session, record) => begins(session, record) && ends(session, record),
      // A reading at the moment between two sessions begins the one and ends the other.
      (session, record) => ends(session, record) && named(session, record),
      (session, record) => begins(session, record) && named(session, record),
      (session, record) => covers(session, record) && named(session, record),
      begins,
      named,
      covers,
      () => true,
    ];
    for (const belongs of [isDrivers, isNobodys])
      for (const fit of fits)
        for (const session of this.#sessions) {
          if (matches.has(session)) continue;
          const record = [...left].find((each) => belongs(session, each) && fit(session, each));
          if (!record) continue;
          matches.set(session, record);
          left.delete(record);
        }
    return matches;
  }

  /** Whether the session's messages or their answers had the id of this transaction. */
  #isNamed(session: TrueSession, { transaction_id, station_transaction_id }: KeptTransaction): boolean {
    return this.#acknowledged(session).some((message) => {
      const id = idOf(message);
      return id !== undefined && (id === transaction_id || id === station_transaction_id);
    });
  }

  #driver(record: KeptTransaction, matched: ReadonlySet<KeptTransaction>): Finding[] {
    const { id_token, transaction_id, energy_wh, meter_start_wh, meter_stop_wh } = record;
    const who = id_token ?? 'a driver who is not known';
    if (!matched.has(record))
      return [this.#finding('driver', `${transaction_id} bills ${who} a session that was none`, [], [record])];
    if (energy_wh === null) return [];
    const owners = this.#sessions.filter(({ idToken }) => id_token === null || same(id_token, idToken));
    if (owners.some((owner) => covers(owner, record))) return [];
    const range = `${meter_start_wh} to ${meter_stop_wh} Wh of EVSE ${record.evse_id}`;
    return owners
      .slice(0, 1)
      .map((owner) => this.#finding('driver', `${transaction_id} bills ${who} ${range}`, [owner], [record]));
  }

  #session(session: TrueSession, record: KeptTransaction | undefined): Finding[] {
    const verdict = this.#verdict(session, record);
    if (verdict === null) return [];
    const [rule, what] = verdict;
    const came = [...(record ? [record] : []), ...this.#unassigned];
    return [this.#finding(rule, `${session.idToken} ${what}`, [session], came)];
  }

  #verdict(session: TrueSession, record: KeptTransaction | undefined): Verdict | null {
    const acknowledged = this.#acknowledged(session);
    const start = acknowledged.find(({ role }) => role === 'start');
    const stop = acknowledged.findLast(({ role }) => role === 'stop');
    const waits = this.#unassigned.some(({ meter_stop_wh }) => meter_stop_wh === stop?.registerWh);
    const reported = { start, stop, waits };
    if (!record) return absent(session, reported);
    return record.state === 'ended' ? ended(session, record, reported) : running(session, record, reported);
  }

  #sums(): Finding[] {
    return [...Map.groupBy(this.#sessions, ({ connector }) => connector)].flatMap(([connector, sessions]) => {
      const records = this.#assigned.filter((record) => connectorOf(record) === connector);
      const billed = records.reduce((sum, { energy_wh }) => sum + (energy_wh ?? 0), 0);
      const metered = sessions.reduce((sum, { energyWh }) => sum + energyWh, 0);
      if (billed <= metered) return [];
      return [
        this.#finding('sum', `connector ${connector}: billed ${billed} Wh, metered ${metered}`, sessions, records),
      ];
    });
  }

  #finding(
    rule: Finding['rule'],
    what: string,
    sessions: readonly TrueSession[],
    came: readonly KeptTransaction[],
  ): Finding {
    const numbers = new Set(sessions.map(({ session }) => session));
    return {
      rule,
      cpId: this.#cpId,
      what,
      misbehaviours: this.#sessions[0]?.misbehaviours ?? [],
      sent: this.#messages.filter(({ session }) => numbers.has(session)),
      came,
    };
  }
}

type Fit = (session: TrueSession, record: KeptTransaction) => boolean;
type Verdict = [rule: Finding['rule'], what: string];

/** What was acknowledged of a session. */
interface Reported {
  start: TrueMessage | undefined;
  /** The last of them. */
  stop: TrueMessage | undefined;
  /** Whether that stop is kept unassigned. */
  waits: boolean;
}

function absent(session: TrueSession, { start, stop, waits }: Reported): Verdict | null {
  if (!start && !stop) return null;
  if (hides(session, 'start') && (waits || !stop)) return null;
  return ['kept', 'charged, was acknowledged and has no transaction'];
}

function running(session: TrueSession, record: KeptTransaction, { stop, waits }: Reported): Verdict | null {
  if (!stop) return record.suspect_since ? null : ['listed', 'has a transaction without end that nobody suspects'];
  if (!waits) return ['kept', `ended at ${stop.registerWh} Wh, was acknowledged, and its transaction goes on`];
  return hides(session, 'end') ? null : ['energy', 'has a transaction that goes on; its end waits unassigned'];
}

function ended(session: TrueSession, record: KeptTransaction, { start, stop, waits }: Reported): Verdict | null {
  const { energy_wh: billed, energy_reason, end_inferred } = record;
  if (billed === null) {
    if (!energy_reason) return ['energy', 'has no energy and no reason for that'];
    return hides(session, 'energy') ? null : ['energy', `has no energy: ${energy_reason}`];
  }
  if (!stop && !end_inferred) return ['energy', 'has an end that nobody sent and that is not marked'];
  if (billed === session.energyWh) return null;
  // What was never sent, or waits, cannot be billed: then less energy is right, and more is not.
  const incomplete = !start || !stop || fell(session) || (waits && hides(session, 'end'));
  return incomplete && billed < session.energyWh ? null : ['energy', `has ${billed} Wh and used ${session.energyWh}`];
}

/** The id that the station uses (2.0.1), or got with the answer to its start (1.6). */
function idOf({ role, payload, answer }: TrueMessage): string | undefined {
  const { transactionInfo } = payload as { transactionInfo?: { transactionId?: unknown } };
  const id = transactionInfo?.transactionId ?? (role === 'start' ? Object(answer).transactionId : undefined);
  return id === undefined ? undefined : String(id);
}

function hides(session: TrueSession, hidden: TrueSession['hides'][number]): boolean {
  return session.hides.includes(hidden);
}

/** 1.6 counts connectors, 2.0.1 EVSEs of one connector here. */
function connectorOf({ evse_id, connector_id }: KeptTransaction): number {
  return evse_id || connector_id;
}

/** Whether the meter was reset within the session, even where it went beyond its beginning again. */
function fell({ registerBeginWh, registerEndWh, energyWh }: TrueSession): boolean {
  return registerEndWh - registerBeginWh !== energyWh;
}

/** Whether the registers of a transaction lie within a session's; where they are not known, nothing speaks against it. */
function covers(session: TrueSession, record: KeptTransaction): boolean {
  const { meter_start_wh: start, meter_stop_wh: stop } = record;
  const connector = connectorOf(record);
  if (connector !== 0 && connector !== session.connector) return false;
  if (fell(session)) return true;
  return (start === null || start >= session.registerBeginWh) && (stop === null || stop <= session.registerEndWh);
}
