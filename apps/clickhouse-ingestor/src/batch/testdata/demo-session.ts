import type { Event, TransactionEnded } from '@ocpp-gw/contracts';
import { endedEvent, meterEvent, startedEvent, updatedEvent, type EventOverrides } from '@ocpp-gw/testing';

/** The day of the demo network: a Monday. */
export const timeOf = (time: string): Date => new Date(`2026-01-05T${time}:00Z`);

/** Of which charge point an event is, and when it happened. */
export const facts = (cpId: string, time: string): EventOverrides => ({
  cpId,
  protocol: cpId === 'CP-1' ? 'ocpp1.6' : 'ocpp2.0.1',
  occurredAt: timeOf(time),
  recordedAt: timeOf(time),
});

export interface DemoSession {
  cpId: string;
  id: string;
  token: string;
  start: string;
  meterStartWh: number;
  /** When which energy since the start was read. */
  readings?: readonly (readonly [time: string, energyWh: number])[];
  /** When it was in which charging state (2.0.1). */
  states?: readonly (readonly [time: string, chargingState: string])[];
  quality?: string[];
  /** How many seconds each message came late. */
  skewSeconds?: number;
  end?: Partial<TransactionEnded> & { time: string };
}

/** The events that the gateway publishes of a session. */
export function eventsOf(session: DemoSession): Event[] {
  const {
    cpId,
    id,
    token,
    start,
    meterStartWh,
    readings = [],
    states = [],
    quality = [],
    skewSeconds = 0,
    end,
  } = session;
  const progress = new Progress(new Date(timeOf(start).getTime() + skewSeconds * 1000), timeOf(start));
  const known = { transactionId: id, evseId: 1, connectorId: 1, idToken: token, quality };
  const skew = skewSeconds === 0 ? {} : { clockSkewSeconds: skewSeconds };
  const of = (time: string): EventOverrides => ({
    ...facts(cpId, time),
    recordedAt: new Date(timeOf(time).getTime() + skewSeconds * 1000),
  });
  const read = ([time, energyWh]: readonly [string, number]): Event => {
    const sample = { sampledAt: timeOf(time), context: 'Sample.Periodic', format: 'Raw', location: 'Outlet', ...skew };
    const wh = meterStartWh + energyWh;
    const watts = Math.round(progress.powerUpTo(timeOf(time), energyWh));
    const samples = [
      {
        ...sample,
        measurand: 'Energy.Active.Import.Register',
        value: wh,
        unit: 'Wh',
        rawValue: String(wh),
        rawUnit: 'Wh',
      },
      { ...sample, measurand: 'Power.Active.Import', value: watts, unit: 'W', rawValue: String(watts), rawUnit: 'W' },
    ];
    return meterEvent({ transactionId: id, samples, energy: progress.to(timeOf(time), energyWh) }, of(time));
  };
  const events: Event[] = [
    startedEvent({ ...known, ...skew, meterStartWh, energy: progress.now() }, of(start)),
    ...states.map(([time, chargingState]) =>
      updatedEvent({ ...known, ...skew, samples: [], chargingState, meterStartWh, energy: progress.now() }, of(time)),
    ),
    ...readings.map(read),
  ];
  if (!end) return events;
  const { time, ...said } = end;
  const ended = {
    ...known,
    ...skew,
    startedAt: timeOf(start),
    meterStartWh,
    meterStopWh: undefined,
    energyWh: undefined,
    ...said,
  };
  const energy = ended.energyWh === undefined ? progress.now() : progress.to(timeOf(time), ended.energyWh);
  return [...events, endedEvent({ ...ended, energy }, of(time))];
}

/** The intervals of a session, each beginning where the one before it ended. */
class Progress {
  private number = 0;
  private reachedAt: Date;
  private energyWh = 0;
  private readonly firstHeardAt: Date;

  constructor(firstHeardAt: Date, startedAt: Date) {
    this.firstHeardAt = firstHeardAt;
    this.reachedAt = startedAt;
  }

  /** Mean power in W up to a reading. */
  powerUpTo(at: Date, energyWh: number): number {
    return ((energyWh - this.energyWh) * 3_600_000) / (at.getTime() - this.reachedAt.getTime());
  }

  to(at: Date, energyWh: number) {
    const quality = this.number === 0 && at.getTime() - this.reachedAt.getTime() > 1_800_000 ? ['estimated'] : [];
    this.number += 1;
    const ends = { toAt: at, toWh: energyWh };
    const interval = { number: this.number, fromAt: this.reachedAt, fromWh: this.energyWh, ...ends, quality };
    this.reachedAt = at;
    this.energyWh = energyWh;
    return { ...this.now(), intervals: [interval] };
  }

  /** What an event says that changes no energy. */
  now() {
    const { firstHeardAt, number, energyWh, reachedAt } = this;
    return { firstHeardAt, number, energyWh, reachedAt, intervals: [] };
  }
}
