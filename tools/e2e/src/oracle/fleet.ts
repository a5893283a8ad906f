import { setTimeout as delay } from 'node:timers/promises';
import {
  fastTime,
  randomMisbehaviours,
  seededNumbers,
  startCharger,
  type ChargerOptions,
  type LogEntry,
  type Misbehaviour,
  type SimulatedCharger,
  type Truth,
} from '@ocpp-gw/charger-sim';

/** Of the chargers, how many do as specified. */
const GOOD = 0.2;
/** Of the sessions, how many have the driver of the one before. */
const SAME_DRIVER = 0.15;
/** These end the connection for reasons of their own and say nothing of sessions. */
const LEFT_OUT = new Set(['reconnect-loop', 'trailing-slash']);

export interface FleetPlan {
  seed: number;
  sessions: number;
  urls: readonly string[];
  /** What is not done by then is given up and reported. */
  withinMs: number;
  rules?: Partial<LifeRules>;
  /** Gets whatever the chargers do. */
  log?: (entry: LogEntry) => void;
}

/** How the chargers of a fleet live. */
export interface LifeRules {
  sessionsPerCharger: number;
  /** Charger time runs so much faster than ours: a session of some minutes takes a fraction of a second. */
  speed: number;
  /** Charger time begins so long ago, and must not come into the future. */
  lifeMs: number;
  /** Between two meter values, at least and at most. */
  meterIntervalMs: readonly [number, number];
  /** A charger that nobody accepts by then is given up and reported. */
  acceptedWithinMs: number;
  /** Before a charger connects again, in its time. */
  backoff: { firstMs: number; maxMs: number };
  /** Whether a charger tries the other addresses where a connection cannot be made. */
  moves: boolean;
  /** Those of the charger of that number; `next` is chance. */
  misbehaviours(index: number, protocol: '1.6' | '2.0.1', next: () => number): readonly Misbehaviour[];
}

const RULES: LifeRules = {
  sessionsPerCharger: 15,
  speed: 500,
  lifeMs: 48 * 3_600_000,
  meterIntervalMs: [5_000, 30_000],
  acceptedWithinMs: 20_000,
  backoff: { firstMs: 5_000, maxMs: 60_000 },
  moves: false,
  misbehaviours: (_, protocol, next) =>
    next() < GOOD ? [] : randomMisbehaviours(protocol, next, ({ name }) => !LEFT_OUT.has(name)),
};

export interface FleetRun {
  /** Of the chargers that did all they wanted to. */
  truth: readonly Truth[];
  cpIds: readonly string[];
  /** Chargers that could not do what they wanted to. */
  problems: readonly string[];
}

/** Chargers of both versions with random misbehaviour do their sessions; resolves to what really happened. */
export async function runFleet({ seed, sessions, urls, withinMs, rules, log }: FleetPlan): Promise<FleetRun> {
  const all = { ...RULES, ...rules };
  const indices = Array.from({ length: Math.ceil(sessions / all.sessionsPerCharger) }, (_, index) => index);
  const lives = await Promise.all(indices.map((index) => tell(planLife(seed, index, urls, all), withinMs, log)));
  return {
    cpIds: lives.map(({ cpId }) => cpId),
    truth: lives.flatMap(({ truth, problem }) => (problem === undefined ? truth : [])),
    problems: lives.flatMap(({ problem }) => problem ?? []),
  };
}

/** Lives a charger's life to its end, or to what keeps it from that. */
async function tell(
  life: Life,
  withinMs: number,
  report?: (entry: LogEntry) => void,
): Promise<{ cpId: string; truth: Truth[]; problem?: string }> {
  const { id: cpId, misbehaviours = [] } = life.options;
  const truth: Truth[] = [];
  let trouble = 'none';
  const log = (entry: LogEntry): void => {
    report?.(entry);
    const { message, action, error } = entry;
    if (error !== undefined) trouble = [message, action, error].map(String).join(' ');
  };
  try {
    await live({ ...life, options: { ...life.options, log } }, withinMs, (entry) => truth.push(entry));
    return { cpId, truth };
  } catch (error) {
    const names = misbehaviours.map(({ name }) => name).join(', ') || 'no misbehaviour';
    return { cpId, truth, problem: `${cpId} (${names}): ${String(error)}; last trouble: ${trouble}` };
  }
}

interface SessionPlan {
  idToken: string;
  meterValues: number;
  meterIntervalMs: number;
  authorize: boolean;
}

interface Life extends Pick<LifeRules, 'acceptedWithinMs'> {
  options: ChargerOptions;
  /** By connector: one after the other there, side by side with the other connector's. */
  lanes: readonly (readonly SessionPlan[])[];
}

/** All that chance decides about a charger; the same seed gives the same charger. */
function planLife(seed: number, index: number, urls: readonly string[], rules: LifeRules): Life {
  const { sessionsPerCharger, speed, lifeMs, meterIntervalMs, acceptedWithinMs, backoff, moves } = rules;
  const next = seededNumbers(seed * 10_007 + index);
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const protocol = index % 2 === 0 ? '1.6' : '2.0.1';
  const id = `FLEET${seed}-${String(index).padStart(4, '0')}`;
  const misbehaviours = rules.misbehaviours(index, protocol, next);
  const turn = Math.floor(index / 2) % urls.length;
  const share = next() < 0.5 ? 1 : 0.5;
  const turns = seededNumbers(seed + index);
  const misbehaves = Array.from({ length: sessionsPerCharger + 1 }, () => turns() < share);
  const connectors = between(1, 2);
  const lanes = Array.from({ length: connectors }, (): SessionPlan[] => []);
  for (let session = 0; session < sessionsPerCharger; session += 1) {
    const lane = lanes[session % connectors] ?? [];
    const before = lane.at(-1);
    lane.push({
      idToken: before && next() < SAME_DRIVER ? before.idToken : `D${index}X${session}Y`,
      meterValues: between(1, 4),
      meterIntervalMs: between(...meterIntervalMs),
      authorize: next() < 0.3,
    });
  }
  return {
    lanes,
    acceptedWithinMs,
    options: {
      id,
      protocol,
      url: urls[turn] ?? '',
      otherUrls: moves ? urls.filter((_, other) => other !== turn) : [],
      connectors,
      misbehaviours,
      misbehavesIn: (session) => misbehaves[session % misbehaves.length] === true,
      powerW: between(11_000, 350_000),
      stepMs: 1_000,
      rebootMs: 2_000,
      backoff,
      callTimeoutMs: 10_000,
      retry: { attempts: 4, intervalMs: 50 },
      time: fastTime(new Date(Date.now() - lifeMs), speed),
    },
  };
}

async function live(
  { options, lanes, acceptedWithinMs }: Life,
  withinMs: number,
  truth: (entry: Truth) => void,
): Promise<void> {
  const charger = await startCharger({ ...options, truth }, AbortSignal.timeout(acceptedWithinMs));
  const done = Promise.all(lanes.map((lane, index) => charge(charger, index + 1, lane)));
  const late = delay(withinMs, undefined, { ref: false }).then(() => {
    throw new Error(`not done in ${withinMs / 1000} s`);
  });
  try {
    await Promise.race([done.then(() => settled(charger)), late]);
  } finally {
    await charger.close();
  }
}

/**
 * At the end each charger sends the state of its connectors on a new connection, behind whatever waited and a boot that was
 * due.
 */
async function settled(charger: SimulatedCharger): Promise<void> {
  charger.disconnect();
  do await delay(100);
  while (!charger.ready);
}

async function charge(charger: SimulatedCharger, connector: number, lane: readonly SessionPlan[]): Promise<void> {
  for (const plan of lane) await charger.startSession({ connector, ...plan }).result;
}
