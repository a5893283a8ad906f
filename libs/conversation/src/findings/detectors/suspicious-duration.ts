import type { SeenTransaction } from '../../overview/transactions.ts';
import { type Detector, duration } from '../detector.ts';

export const suspiciousDuration: Detector = {
  kind: 'suspicious-duration',
  *find({ transactions, conversation: { now } }, { shortSessionS, longSessionS }) {
    for (const transaction of transactions) {
      const { id, start, end } = transaction;
      const startedAt = start?.frame.message.at;
      const tookMs = durationOf(transaction, now);
      if (!startedAt || tookMs === undefined || tookMs < 0) continue;
      const isShort = end !== undefined && tookMs < shortSessionS * 1000;
      if (!isShort && tookMs <= longSessionS * 1000) continue;
      const detail = end
        ? `session ${id} took ${duration(tookMs)}`
        : `session ${id} has been running for ${duration(tookMs)}`;
      yield {
        at: startedAt,
        until: end?.frame.message.at ?? now ?? startedAt,
        frames: [start.frame, end?.frame],
        detail,
      };
    }
  },
};

/** By the charge point's clock, because messages may come late. Where that names no time, by the time of receipt. */
function durationOf({ start, end }: SeenTransaction, now: Date | undefined): number | undefined {
  if (!start) return undefined;
  if (!end) return now && now.getTime() - start.frame.message.at.getTime();
  const isAssumed = start.effect.time.assumed || end.effect.time.assumed;
  const [from, to] = isAssumed
    ? [start.frame.message.at, end.frame.message.at]
    : [start.effect.time.at, end.effect.time.at];
  return to.getTime() - from.getTime();
}
