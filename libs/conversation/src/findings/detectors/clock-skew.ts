import type { ChargerTime } from '@ocpp-gw/ocpp-j';
import type { Fact } from '../../overview/facts.ts';
import { type Detector, duration } from '../detector.ts';

export const clockSkew: Detector = {
  kind: 'clock-skew',
  *find({ facts, conversation: { sessions = [] } }, { clockAheadS, clockBehindS }) {
    const clocks = facts.flatMap((fact) => clockOf(fact) ?? []);
    const measured = clocks.flatMap(({ delayMs }) => (delayMs === undefined ? [] : [delayMs]));
    const behindMs = measured.length < 3 ? 0 : measured.reduce((least, each) => Math.min(least, each));
    for (const { fact, time, delayMs } of clocks) {
      const { frame } = fact;
      const found = { at: frame.message.at, frames: [frame] };
      if (delayMs === undefined) yield { ...found, detail: `the time ${time.raw ?? ''} cannot be right` };
      else if (delayMs < -clockAheadS * 1000) yield { ...found, detail: `a time is ${duration(-delayMs)} ahead` };
      else if (behindMs > clockBehindS * 1000)
        yield { ...found, detail: `every time is at least ${duration(behindMs)} behind` };
    }
    for (const { transactionId, startedAt, endedAt, quality } of sessions) {
      const at = endedAt ?? startedAt;
      if (at && quality?.includes('clock_skew'))
        yield { at, frames: [], detail: `session ${transactionId} is marked clock_skew` };
    }
  },
};

interface Clock {
  fact: Fact;
  time: ChargerTime;
  /** By how much the message came later than its own time; undefined when that time is absurd. */
  delayMs?: number;
}

/** Undefined when the charge point named no time, or sent the message later on purpose. */
function clockOf(fact: Fact): Clock | undefined {
  const time = timeOf(fact);
  if (!time) return undefined;
  if (time.assumed) return time.raw ? { fact, time } : undefined;
  return { fact, time, delayMs: fact.frame.message.at.getTime() - time.at.getTime() };
}

function timeOf({ effect }: Fact): ChargerTime | undefined {
  if (effect.kind === 'connectorStatus' || effect.kind === 'meterValues') return effect.time;
  const isOfTransaction =
    effect.kind === 'transactionStarted' || effect.kind === 'transactionUpdated' || effect.kind === 'transactionEnded';
  return isOfTransaction && !effect.offline ? effect.time : undefined;
}
