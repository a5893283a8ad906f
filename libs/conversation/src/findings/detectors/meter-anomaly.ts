import type { Sample } from '@ocpp-gw/ocpp-j';
import type { Overview } from '../../overview/overview.ts';
import type { SeenTransaction } from '../../overview/transactions.ts';
import type { Detector, Occurrence } from '../detector.ts';
import { contradictionsIn } from './contradictions.ts';
import { isOfRegister, readingsOf, seriesOf } from './register-series.ts';
import { sessionsMarked } from './sessions.ts';

export const meterAnomaly: Detector = {
  kind: 'meter-anomaly',
  *find(overview: Overview) {
    const found = new Set<string>();
    for (const transaction of overview.transactions)
      for (const occurrence of anomaliesOf(transaction)) {
        found.add(transaction.id);
        yield occurrence;
      }
    yield* sessionsMarked(overview, ({ transactionId, quality }) =>
      quality?.includes('reading_implausible') && !found.has(transactionId)
        ? `session ${transactionId} is marked reading_implausible`
        : undefined,
    );
  },
};

function* anomaliesOf(transaction: SeenTransaction): Generator<Occurrence> {
  const { id } = transaction;
  for (const { frame, samples } of readingsOf(transaction))
    for (const sample of samples) {
      const fault = faultOf(sample);
      if (fault) yield { at: frame.message.at, frames: [frame], detail: `session ${id}: a register ${fault}` };
    }
  for (const points of seriesOf(transaction))
    for (const { before, after, fell } of contradictionsIn(points)) {
      if (fell) continue;
      const detail = `session ${id}: ${after.reading[1]} Wh after ${before.reading[1]} Wh is too much for the time`;
      yield { at: after.frame.message.at, frames: [before.frame, after.frame], detail };
    }
}

function faultOf(sample: Sample): string | undefined {
  if (!isOfRegister(sample) || sample.signed) return undefined;
  if (sample.value === undefined) return 'is no number';
  return sample.value < 0 ? 'is negative' : undefined;
}
