import { describe, expect, it } from '@jest/globals';
import { TOPICS, decodeEvent, type ChargingSchedule } from '@ocpp-gw/contracts';
import type {
  Effect,
  Sample,
  StationEvent,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from '@ocpp-gw/ocpp-j';
import type { Entry, Written } from '@ocpp-gw/persistence/facts';
import { eventEntries } from './events.ts';
import { DecidedStation } from './testdata/decided.ts';

const now = new Date('2026-01-01T12:00:00.000Z');
const at = new Date('2026-01-01T11:59:58.000Z');
const energy: Sample = {
  at,
  value: 1500,
  unit: 'Wh',
  rawValue: '1.5',
  rawUnit: 'kWh',
  measurand: 'Energy.Active.Import.Register',
  context: 'Sample.Periodic',
};
const common = { transactionId: '42', evseId: 1, connectorId: 1, samples: [energy], time: { at } };
const startedAt = new Date('2026-01-01T11:00:00Z');
const register = (wh: number): Sample => ({ ...energy, at: startedAt, value: wh, rawValue: String(wh), rawUnit: 'Wh' });
const started: TransactionStartedEffect = {
  ...common,
  kind: 'transactionStarted',
  seqNo: 0,
  evseId: 3,
  connectorId: 2,
  idToken: { idToken: 'TAG', type: 'ISO14443' },
  idTokenStatus: 'Accepted',
  samples: [register(500)],
  time: { at: startedAt },
};
const updated: TransactionUpdatedEffect = {
  ...common,
  kind: 'transactionUpdated',
  seqNo: 1,
  evseId: 0,
  connectorId: 0,
  samples: [],
  time: { at: new Date('2026-01-01T11:30:00Z') },
};
const ended: TransactionEndedEffect = {
  ...common,
  kind: 'transactionEnded',
  evseId: 0,
  connectorId: 0,
  reason: 'Local',
  seqNo: 4,
};

const schedules: [ChargingSchedule] = [{ chargingRateUnit: 'W', periods: [{ startPeriod: 0, limit: 7000 }] }];

const read = (entry: Entry, written: Written) =>
  eventEntries(entry, written, 'pod-1').map((one) => ({ ...one, event: decodeEvent(one.payload) }));

/** What the last of the effects of a station tells. */
function tells(effects: readonly Effect[], protocol = 'ocpp2.0.1', written: Written = { fresh: true }) {
  const station = new DecidedStation({ cpId: 'CP-1', protocol });
  const entries = effects.map((effect) => station.take(effect, now));
  return read(entries.at(-1) as Entry, written);
}

const published = (effect: Effect, written: Written = { fresh: true }, protocol = 'ocpp2.0.1') =>
  tells([effect], protocol, written);
const topics = (entries: readonly { destination: string }[]) => entries.map(({ destination }) => destination);
const values = (entries: readonly { event: { payload?: { value: object } | undefined } }[]) =>
  entries.map(({ event }) => event.payload?.value);

describe('eventEntries', () => {
  it('puts each event on the topic of its payload, under its own id, in the envelope', () => {
    const [entry] = published({ ...started, time: { at }, samples: [] });
    expect(entry).toMatchObject({ lane: 'kafka', destination: TOPICS.transactionStarted, cpId: 'CP-1' });
    expect(entry?.event).toMatchObject({
      id: entry?.eventId,
      type: TOPICS.transactionStarted,
      cpId: 'CP-1',
      protocol: 'ocpp2.0.1',
      pod: 'pod-1',
      occurredAt: at,
      recordedAt: now,
      occurredAtRaw: '',
    });
  });

  it("keeps the charger's own time where it could not be taken", () => {
    const time = { at: now, raw: '1970-01-01T00:00:00Z', assumed: true } as const;
    const [entry] = published({ ...updated, time });
    expect(entry?.event).toMatchObject({ occurredAt: now, occurredAtRaw: '1970-01-01T00:00:00Z' });
  });

  it('tells of a boot with the answer given', () => {
    const [entry] = published({
      kind: 'stationBooted',
      vendor: 'V',
      model: 'M',
      firmwareVersion: '1.0',
      registration: { status: 'Pending', intervalSeconds: 60 },
    });
    expect(entry?.destination).toBe(TOPICS.boot);
    expect(entry?.event.payload).toMatchObject({
      $case: 'stationBooted',
      value: {
        vendor: 'V',
        model: 'M',
        firmwareVersion: '1.0',
        registrationStatus: 'Pending',
        intervalSeconds: 60,
        iccid: '',
      },
    });
  });

  it('tells of a status when it was received, each time under an id of its own', () => {
    const effect: Effect = {
      kind: 'connectorStatus',
      evseId: 1,
      connectorId: 1,
      status: 'Faulted',
      errorCode: 'GroundFailure',
      time: { at },
    };
    const [first] = published(effect);
    const received = new Date('2026-01-01T12:00:00.001Z');
    const [again] = published({ ...effect }, { fresh: true, received: [received] });
    expect(first?.event.payload).toMatchObject({ value: { status: 'Faulted', errorCode: 'GroundFailure', info: '' } });
    expect(again?.event).toMatchObject({ recordedAt: received, occurredAt: at });
    expect(again?.eventId).not.toBe(first?.eventId);
  });

  it('tells of meter values with original and normalised value, and a repetition under the same id', () => {
    const effect: Effect = { kind: 'meterValues', evseId: 1, connectorId: 1, samples: [energy], time: { at } };
    const [entry] = published(effect);
    expect(entry?.destination).toBe(TOPICS.meter);
    expect(entry?.event.payload).toMatchObject({
      value: {
        transactionId: '',
        samples: [{ value: 1500, unit: 'Wh', rawValue: '1.5', rawUnit: 'kWh', sampledAt: at, phase: '' }],
      },
    });
    expect(published({ ...effect })[0]?.eventId).toBe(entry?.eventId);
  });

  it('sends the samples of a transaction once, on the meter topic, with its id and place', () => {
    const entries = tells([
      { ...started, samples: [] },
      { ...updated, samples: [energy] },
    ]);
    expect(topics(entries)).toEqual([TOPICS.transactionUpdated, TOPICS.meter]);
    expect(values(entries)).toMatchObject([
      { samples: [], evseId: 3 },
      { transactionId: '42', evseId: 3, connectorId: 2, samples: [{ value: 1500 }] },
    ]);
  });

  it('sends the readings of a transaction that the gateway numbers with its id, where one is meant', () => {
    const start: Effect = { ...started, seqNo: undefined, samples: [], meterStartWh: 500 };
    const readings: Effect = { kind: 'meterValues', evseId: 3, connectorId: 2, samples: [energy], time: { at } };
    const of = (transactionId: string | null | undefined) => {
      const reading = transactionId === undefined ? readings : { ...readings, transactionId };
      return values(tells([start, reading], 'ocpp1.6'));
    };
    expect(of('42')).toMatchObject([{ transactionId: '42', evseId: 3 }]);
    expect(of(null)).toMatchObject([{ transactionId: '42', evseId: 3 }]);
    expect(of('43')).toMatchObject([{ transactionId: '', evseId: 3 }]);
    expect(of(undefined)).toMatchObject([{ transactionId: '', evseId: 3 }]);
  });

  it('sends them after the start, and before the end', () => {
    expect(topics(tells([started]))).toEqual([TOPICS.transactionStarted, TOPICS.meter]);
    expect(topics(tells([started, ended]))).toEqual([TOPICS.meter, TOPICS.transactionEnded]);
  });

  it('sums a transaction up at its end', () => {
    const [, entry] = tells([started, updated, { ...updated, seqNo: 3 }, ended]);
    expect(entry?.event.payload).toMatchObject({
      $case: 'transactionEnded',
      value: {
        transactionId: '42',
        stationTransactionId: '',
        revision: 2,
        evseId: 3,
        connectorId: 2,
        idToken: 'TAG',
        idTokenType: 'ISO14443',
        reason: 'Local',
        endInferred: '',
        meterStartWh: 500,
        meterStopWh: 1500,
        energyWh: 1000,
        energyReason: '',
        startedAt,
        seqNo: 4,
        missingSeqNos: [2],
        samples: [],
      },
    });
  });

  it('says why there is no energy, and never 0 for it', () => {
    const [entry] = tells([
      { ...started, samples: [] },
      { ...ended, samples: [] },
    ]);
    expect(entry?.event.payload?.value).toMatchObject({ energyWh: undefined, energyReason: 'no_register' });
  });

  it('tells the total cost with the end that it was answered to (OCPP 2.0.1 I02)', () => {
    const end = { ...ended, samples: [] };
    const cost = { totalCost: 12.5, cost: { amount: '12.50', currency: 'EUR' } };
    expect(values(tells([started, { ...end, ...cost }]))).toMatchObject([cost]);
    expect(values(tells([started, { ...end, totalCost: 12.5 }]))).toMatchObject([{ totalCost: 12.5, cost: undefined }]);
    expect(values(tells([started, end]))).toMatchObject([{ totalCost: undefined }]);
  });

  it('tells nothing of a message that comes again', () => {
    for (const message of [started, updated, ended]) {
      expect(tells([started, updated, ended, { ...message, offline: true }])).toEqual([]);
    }
  });

  it('tells of an end whose Ended will never come what is known of it (OCPP 2.0.1 E14)', () => {
    const status: Effect = {
      kind: 'transactionStatusReported',
      transactionId: '42',
      ongoing: false,
      messagesInQueue: false,
    };
    const last = { ...updated, seqNo: 3, samples: [energy], time: { at } };
    const [entry, ...others] = tells([started, updated, last, status]);
    expect(others).toEqual([]);
    expect(entry?.event).toMatchObject({
      type: TOPICS.transactionEnded,
      occurredAt: at,
      payload: {
        value: {
          transactionId: '42',
          evseId: 3,
          reason: 'EndLost',
          endInferred: 'status_answer',
          energyWh: 1000,
          missingSeqNos: [2],
        },
      },
    });
  });

  it('tells an end again, with a higher revision, when the Ended comes after all', () => {
    const status: Effect = {
      kind: 'transactionStatusReported',
      transactionId: '42',
      ongoing: false,
      messagesInQueue: false,
    };
    const inferred = tells([started, status]);
    expect(values(inferred)).toMatchObject([{ revision: 2, reason: 'EndLost', energyWh: undefined }]);
    const entries = tells([started, status, ended]);
    expect(topics(entries)).toEqual([TOPICS.meter, TOPICS.transactionEnded]);
    expect(values(entries)[1]).toMatchObject({ revision: 3, reason: 'Local', endInferred: '', energyWh: 1000 });
  });

  it('tells first of the transaction that must have ended, then of the one that took its place', () => {
    const next: Effect = { ...started, transactionId: '43', samples: [], time: { at: now } };
    const entries = tells([started, next]);
    expect(topics(entries)).toEqual([TOPICS.transactionEnded, TOPICS.transactionStarted]);
    expect(values(entries)).toMatchObject([
      { transactionId: '42', reason: 'EndLost', endInferred: 'newer_start', seqNo: 0 },
      { transactionId: '43' },
    ]);
  });

  it('tells a second transaction under one id by an id of its own, and what the station calls it', () => {
    const again: Effect = { ...started, samples: [], time: { at: now } };
    expect(values(tells([started, ended, again]))).toMatchObject([
      { transactionId: '42~2', stationTransactionId: '42', revision: 1 },
    ]);
  });

  it('tells no start of a transaction that was never seen to start', () => {
    const entries = tells([ended]);
    expect(topics(entries)).toEqual([TOPICS.meter, TOPICS.transactionEnded]);
    expect(values(entries)[1]).toMatchObject({ startedAt: undefined });
  });

  it('tells a start that comes after the end, then the end anew', () => {
    const entries = tells([ended, started]);
    expect(topics(entries)).toEqual([TOPICS.meter, TOPICS.transactionStarted, TOPICS.transactionEnded]);
    expect(values(entries).slice(1)).toMatchObject([
      { revision: 2, evseId: 3 },
      { revision: 2, startedAt, energyWh: 1000 },
    ]);
  });

  describe('of a stop that fits no transaction', () => {
    const stop: Effect = {
      ...ended,
      seqNo: undefined,
      transactionId: '-1',
      unnamed: true,
      samples: [],
      meterStopWh: 1500,
      time: { at },
    };
    const start: Effect = { ...started, seqNo: undefined, samples: [], meterStartWh: 500 };

    it('tells what it says under an id of its own, and no energy', () => {
      const entries = tells([stop], 'ocpp1.6');
      expect(topics(entries)).toEqual([TOPICS.transactionEnded]);
      expect(values(entries)).toMatchObject([
        {
          transactionId: expect.stringMatching(/^stop-[0-9a-f]{16}$/),
          stationTransactionId: '-1',
          revision: 1,
          unassignedReason: 'no_transaction_fits',
          assignedTo: '',
          meterStopWh: 1500,
          energyWh: undefined,
          startedAt: undefined,
        },
      ]);
    });

    it('sends its samples as those of no transaction', () => {
      const entries = tells([{ ...stop, samples: [energy] }], 'ocpp1.6');
      expect(topics(entries)).toEqual([TOPICS.meter, TOPICS.transactionEnded]);
      expect(values(entries)).toMatchObject([{ transactionId: '' }, {}]);
    });

    it('tells that it is assigned, and the end of its transaction, once the start comes', () => {
      const entries = tells([stop, start], 'ocpp1.6');
      expect(topics(entries)).toEqual([TOPICS.transactionEnded, TOPICS.transactionStarted, TOPICS.transactionEnded]);
      expect(values(entries)).toMatchObject([
        { revision: 2, unassignedReason: '', assignedTo: '42', energyWh: undefined },
        { transactionId: '42' },
        { transactionId: '42', energyWh: 1000, reason: 'Local' },
      ]);
    });
  });

  it('holds whatever integers a charger sends', () => {
    const [entry] = published({ ...updated, evseId: 9e18, seqNo: -9e18 });
    expect(entry?.event.payload).toMatchObject({ value: { evseId: 2_147_483_647, seqNo: -2_147_483_648 } });
  });

  it.each<[Effect, string, object]>([
    [
      { kind: 'firmwareStatus', status: 'Installed', requestId: 9e18, signed: true, time: { at } },
      TOPICS.firmware,
      { status: 'Installed', ocppRequestId: 2_147_483_647, signed: true },
    ],
    [
      { kind: 'logStatus', upload: 'diagnostics', status: 'Uploaded', time: { at } },
      TOPICS.log,
      { status: 'Uploaded', ocppRequestId: undefined, diagnostics: true },
    ],
    [
      { kind: 'securityEvent', type: 'TamperDetectionActivated', techInfo: 'lid', time: { at } },
      TOPICS.security,
      { eventType: 'TamperDetectionActivated', techInfo: 'lid' },
    ],
    [
      { kind: 'signingRequest', csr: 'CSR', refusal: 'too short', time: { at } },
      TOPICS.security,
      { csr: 'CSR', status: 'Rejected', refusal: 'too short', commonName: '', certificateType: '' },
    ],
    [
      { kind: 'dataTransferred', vendorId: 'ACME', status: 'UnknownMessageId', time: { at } },
      TOPICS.data,
      { vendorId: 'ACME', messageId: '', data: '', status: 'UnknownMessageId' },
    ],
    [
      { kind: 'firmwarePublicationStatus', status: 'Published', requestId: 4, locations: ['ftp://lc/1'], time: { at } },
      TOPICS.firmware,
      { status: 'Published', ocppRequestId: 4, locations: ['ftp://lc/1'] },
    ],
    [
      { kind: 'chargingLimit', evseId: 0, source: 'EMS', cleared: false, gridCritical: true, schedules, time: { at } },
      TOPICS.charging,
      { evseId: 0, source: 'EMS', cleared: false, gridCritical: true, schedulesJson: JSON.stringify(schedules) },
    ],
    [
      { kind: 'chargingLimit', evseId: 1, source: 'SO', cleared: true, time: { at } },
      TOPICS.charging,
      { evseId: 1, source: 'SO', cleared: true, gridCritical: false, schedulesJson: '' },
    ],
    [
      {
        kind: 'evChargingNeeds',
        evseId: 1,
        needs: { requestedEnergyTransfer: 'DC' },
        maxScheduleTuples: 3,
        status: 'Processing',
        time: { at },
      },
      TOPICS.charging,
      { evseId: 1, needsJson: '{"requestedEnergyTransfer":"DC"}', maxScheduleTuples: 3, status: 'Processing' },
    ],
    [
      { kind: 'evChargingSchedule', evseId: 1, schedule: schedules[0], status: 'Rejected', time: { at } },
      TOPICS.charging,
      { evseId: 1, scheduleJson: JSON.stringify(schedules[0]), status: 'Rejected' },
    ],
    [
      { kind: 'reservationEnded', reservationId: 5, status: 'Expired', time: { at } },
      TOPICS.reservation,
      { reservationId: 5, status: 'Expired' },
    ],
    [
      { kind: 'reportPart', report: 'Monitoring', requestId: 6, seqNo: 0, last: true, items: [], time: { at } },
      TOPICS.report,
      { report: 'Monitoring', ocppRequestId: 6, parts: 0 },
    ],
  ])('tells of %j on %s', (effect, topic, value) => {
    const entries = published(effect, { fresh: true }, 'ocpp1.6');
    expect(entries).toMatchObject([{ destination: topic, event: { type: topic, occurredAt: at, payload: { value } } }]);
  });

  it('tells of each event of a station by itself, and of none that is a repetition (OCPP 2.0.1 N07)', () => {
    const event: StationEvent = {
      eventId: 1,
      time: { at },
      trigger: 'Alerting',
      notificationType: 'HardWiredMonitor',
      component: { name: 'Connector', instance: 'left', evse: { id: 1, connectorId: 2 } },
      variable: { name: 'Temperature' },
      actualValue: '91',
      cause: 0,
      monitorId: 7,
    };
    const other: StationEvent = { ...event, eventId: 2, component: { name: 'Controller' }, cleared: true };
    const [first, second] = published({ kind: 'stationEvents', events: [event, other] });
    expect(first).toMatchObject({
      destination: TOPICS.event,
      event: {
        occurredAt: at,
        payload: {
          value: {
            eventNumber: 1,
            trigger: 'Alerting',
            component: 'Connector',
            componentInstance: 'left',
            evseId: 1,
            connectorId: 2,
            variable: 'Temperature',
            variableInstance: '',
            actualValue: '91',
            cause: 0,
            cleared: false,
            transactionId: '',
            monitorId: 7,
          },
        },
      },
    });
    expect(second?.event.payload?.value).toMatchObject({ eventNumber: 2, evseId: 0, connectorId: 0, cleared: true });
    const received = new Date('2026-01-01T12:00:00.001Z');
    const again = published(
      { kind: 'stationEvents', events: [event, other] },
      { fresh: true, received: [null, received] },
    );
    expect(again).toMatchObject([{ event: { recordedAt: received, payload: { value: { eventNumber: 2 } } } }]);
  });
});
