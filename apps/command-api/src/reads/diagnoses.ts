import { identityKey } from '@ocpp-gw/contracts';
import { findingsOf } from '@ocpp-gw/conversation';
import { ClickHouseUnavailableError } from '@ocpp-gw/clickhouse';
import type { ChargePoints } from '@ocpp-gw/persistence';
import {
  RedisUnavailableError,
  type OnlineRegistry,
  type ReconnectLoops,
  type RefusedHandshakes,
} from '@ocpp-gw/redis';
import type { Conversations } from './conversations.ts';
import { diagnose, type Diagnosis } from './diagnosis.ts';
import { unlessAway } from './unless-away.ts';

export interface DiagnosisSources {
  chargePoints: Pick<ChargePoints, 'find'>;
  registry: Pick<OnlineRegistry, 'get'>;
  refused: Pick<RefusedHandshakes, 'of'>;
  loops: Pick<ReconnectLoops, 'list'>;
  conversations: Pick<Conversations, 'of'>;
}

const DAY_MS = 24 * 3_600_000;
const REFUSALS = 100;

/** Gathers what is known of a charge point and says why it cannot connect. It answers without Redis and ClickHouse, too. */
export class Diagnoses {
  constructor(private readonly sources: DiagnosisSources) {}

  async of(asked: string, now = new Date()): Promise<Diagnosis & { cpId: string }> {
    const { chargePoints, registry, refused, loops, conversations } = this.sources;
    const record = await chargePoints.find(asked);
    const cpId = record?.cpId ?? asked;
    const window = { from: new Date(now.getTime() - DAY_MS), to: now };
    const [entry, refusals, allLoops, gathered] = await Promise.all([
      unlessAway(RedisUnavailableError, () => registry.get(cpId)),
      unlessAway(RedisUnavailableError, () => refused.of(cpId, REFUSALS)),
      unlessAway(RedisUnavailableError, () => loops.list()),
      unlessAway(ClickHouseUnavailableError, () => conversations.of(cpId, window)),
    ]);
    const handshakesRefused = (refusals ?? []).map(({ at, reason }) => ({ at: new Date(at), reason })).reverse();
    const conversation = gathered && { ...gathered.conversation, handshakesRefused };
    const diagnosis = diagnose({
      cpId,
      record,
      online: entry === undefined ? null : entry !== null,
      refused: refusals ?? null,
      loop: allLoops?.find((loop) => identityKey(loop.cpId) === identityKey(cpId)) ?? null,
      findings: conversation ? findingsOf(conversation) : null,
      messages: conversation?.messages.length ?? 0,
      now,
    });
    return { cpId, ...diagnosis };
  }
}
