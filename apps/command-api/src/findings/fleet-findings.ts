import { ClickHouseUnavailableError, type Messages } from '@ocpp-gw/clickhouse';
import { identityKey, type RefusedHandshake } from '@ocpp-gw/contracts';
import { FINDING_KINDS, findingsOf, type FindingKind } from '@ocpp-gw/conversation';
import {
  LedTask,
  isUnavailable,
  type ChargePoints,
  type Findings,
  type Leadership,
  type Look,
} from '@ocpp-gw/persistence';
import { RedisUnavailableError, type ReconnectLoops, type RefusedHandshakes } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { Conversations, type ConversationSources } from '../reads/conversations.ts';
import { changesOf, dueOf, longestWaitMs, shortOf, type Candidate } from './decision.ts';
import type { FindingsMetrics } from './metrics.ts';

export interface FleetFindingsParts {
  leadership: Pick<Leadership, 'withLeadership' | 'stop'>;
  findings: Pick<Findings, 'looks' | 'troubled' | 'write' | 'forgetLooks' | 'openByFinding'>;
  chargePoints: Pick<ChargePoints, 'findMany'>;
  messages: ConversationSources['messages'] & Pick<Messages, 'newest'>;
  circumstances: ConversationSources['circumstances'];
  transactions: ConversationSources['transactions'];
  refused: Pick<RefusedHandshakes, 'list'>;
  loops: Pick<ReconnectLoops, 'list'>;
  metrics: FindingsMetrics;
  logger: Logger;
  pod: string;
  /** Time between two passes; 0: there are none. */
  intervalMs: number;
  /** How far back a look reads. */
  windowMs: number;
}

/** Charge points that one pass looks at. */
const LOOKS_OF_A_PASS = 500;
/** Frames that a look reads at most: the newest. More of them would keep requests of this pod waiting. */
const FRAMES_OF_A_LOOK = 2_000;
/** The clocks of pods differ. */
const CLOCKS_MS = 60_000;
const NO_STATION = { protocol: null, vendor: null, model: null, firmwareVersion: null, retiredAt: null };

type Station = Look['station'] & { retiredAt: Date | null };

/** What a pass knows before it looks at charge points. */
interface Known {
  from: Date;
  /** Until when frames have come: what is missing after it may only be late. */
  present: Date;
  conversations: Conversations;
}

/** Keeps in Postgres what is wrong with the charge points of the fleet now (docs/adr/0072). */
export class FleetFindings {
  private readonly task: LedTask;

  constructor(private readonly parts: FleetFindingsParts) {
    const { leadership, logger, metrics, intervalMs: pauseMs } = parts;
    this.task = new LedTask({
      ...{ leadership, logger, pauseMs, name: 'findings of the fleet' },
      run: (stopping) => this.pass(stopping),
      over: () => metrics.forget(),
    });
  }

  start(): void {
    if (this.parts.intervalMs > 0) this.task.start();
    else this.parts.logger.info('findings of the fleet are off', { variable: 'EVEYS_OCPP_FINDINGS_INTERVAL_S' });
  }

  /** Resolves when the look under way has ended; another pod goes on. */
  async stop(): Promise<void> {
    await this.task.stop();
    await this.parts.leadership.stop();
  }

  /** Looks at the charge points that are due, the oldest look first. */
  async pass(stopping: AbortSignal): Promise<void> {
    const { findings, metrics, windowMs } = this.parts;
    const end = metrics.pass();
    const now = new Date();
    const from = new Date(now.getTime() - windowMs);
    const { candidates, ...known } = await this.known(from, now);
    const due = dueOf(candidates, await findings.looks(), now);
    const taken = due.slice(0, LOOKS_OF_A_PASS);
    const stations = await this.stations(taken.map(({ cpId }) => cpId));
    for (const { cpId, newestAt } of taken) {
      if (stopping.aborted) return;
      const began = performance.now();
      await this.look(stations.get(cpId) ?? { cpId, ...NO_STATION }, newestAt, known);
      // At most half of the time is spent on looks.
      await sleep(performance.now() - began, undefined, { signal: stopping }).catch(() => undefined);
    }
    await findings.forgetLooks(new Date(from.getTime() - windowMs));
    metrics.open(await findings.openByFinding(Object.keys(FINDING_KINDS).length));
    metrics.behind(longestWaitMs(due.slice(LOOKS_OF_A_PASS), new Date()));
    end();
  }

  private async look(station: Station, newestAt: Date | null, known: Known): Promise<void> {
    const { findings, metrics, logger, pod } = this.parts;
    const { cpId, retiredAt } = station;
    try {
      const at = new Date();
      const found = retiredAt === null ? await this.found(cpId, known) : [];
      const look = { station, at, newestAt, pod, titleOf: (kind: string) => FINDING_KINDS[kind as FindingKind].title };
      const { opened, ended } = await findings.write(look, (open) => changesOf(open, found));
      metrics.looked(opened);
      for (const { finding, severity, findingId } of opened)
        logger.info('finding opened', { cpId, finding, severity, findingId });
      for (const { finding, findingId } of ended) logger.info('finding ended', { cpId, finding, findingId });
    } catch (err) {
      if (isAway(err)) throw err;
      logger.warn('charge point could not be looked at', { cpId, err });
    }
  }

  private async found(cpId: string, { from, present, conversations }: Known) {
    const window = { from, to: new Date(Date.now() + CLOCKS_MS) };
    const { conversation } = await conversations.of(cpId, window);
    return findingsOf({ ...conversation, now: present }).map(shortOf);
  }

  /** The charge points of which something is known in the period, and those with open findings. */
  private async known(from: Date, now: Date): Promise<Known & { candidates: Candidate[] }> {
    const { findings, messages, circumstances, transactions, refused, loops } = this.parts;
    const [newest, refusals, looping, troubled] = await Promise.all([
      messages.newest(from),
      refused.list(),
      loops.list(),
      findings.troubled(),
    ]);
    const news = [
      ...refusals.map(({ cpId, at }) => ({ cpId, at: new Date(at) })).filter(({ at }) => at >= from),
      ...looping.map(({ cpId, last }) => ({ cpId, at: new Date(last) })),
    ];
    const stations = await this.stations(news.map(({ cpId }) => cpId));
    const registered = new Map([...stations.keys()].map((cpId) => [identityKey(cpId), cpId]));
    const latest = new Map<string, Date | null>([...troubled.map((cpId) => [cpId, null] as const), ...newest]);
    for (const { cpId, at } of news) {
      const known = registered.get(identityKey(cpId));
      if (known !== undefined && at.getTime() > (latest.get(known)?.getTime() ?? 0)) latest.set(known, at);
    }
    const present = new Date(Math.min(now.getTime(), Math.max(...[...newest.values()].map(Number))));
    return {
      from,
      present: newest.size === 0 ? now : present,
      conversations: new Conversations(
        { messages, circumstances, transactions, refused: { of: refusalsOf(refusals) } },
        FRAMES_OF_A_LOOK,
      ),
      candidates: [...latest].map(([cpId, newestAt]) => ({ cpId, newestAt })),
    };
  }

  /** Those that are registered, by their identities. */
  private async stations(cpIds: readonly string[]): Promise<Map<string, Station>> {
    const found = cpIds.length === 0 ? [] : await this.parts.chargePoints.findMany([...new Set(cpIds)]);
    return new Map(found.map((station) => [station.cpId, station]));
  }
}

function refusalsOf(refusals: readonly RefusedHandshake[]): RefusedHandshakes['of'] {
  const byIdentity = Map.groupBy(refusals, ({ cpId }) => identityKey(cpId));
  return (cpId, limit) => Promise.resolve((byIdentity.get(identityKey(cpId)) ?? []).slice(0, limit));
}

function isAway(error: unknown): boolean {
  return error instanceof ClickHouseUnavailableError || error instanceof RedisUnavailableError || isUnavailable(error);
}
