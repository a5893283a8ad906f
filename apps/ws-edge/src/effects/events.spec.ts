import { describe, expect, it } from '@jest/globals';
import { TOPICS, decodeEvent, type ChargingSchedule } from '@ocpp-gw/contracts';
import type { Effect, Sample, StationEvent, TransactionEndedEffect } from '@ocpp-gw/ocpp-j';
import type { TransactionRecord } from '@ocpp-gw/persistence';
import type { Written } from './entry.ts';
import { eventEntries } from './events.ts';

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
const ended: TransactionEndedEffect = {
  ...common,
  kind: 'transactionEnded',
  reason: 'Local',
  seqNo: 4,
  meterStopWh: 1500,
};
const transaction = {
  transactionId: '42',
  evseId: 3,
  connectorId: 2,
  idToken: 'TAG',
  idTokenType: 'ISO14443',
  meterStartWh: 500,
  meterStopWh: 1500,
  energyWh: 1000,
  startedAt: new Date('2026-01-01T11:00:00Z'),
  missingSeqNos: [2],
  orphan: false,
  state: 'ended',
} as unknown as TransactionRecord;

const schedules: [ChargingSchedule] = [{ chargingRateUnit: 'W', periods: [{ startPeriod: 0, limit: 7000 }] }];

function told(effect: Effect, written: Written = { fresh: true }, protocol = 'ocpp2.0.1') {
  return eventEntries({ station: { cpId: 'CP-1', protocol }, effect, now }, written, 'pod-1').map((entry) => ({
    ...entry,
    event: decodeEvent(entry.payload),
  }));
}

describe('eventEntries', () => {
  it('puts each event on the topic of its payload, under its own id, in the envelope', () => {
    const [entry] = told({ ...common, kind: 'transactionStarted', samples: [] });
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
    const [entry] = told({ ...common, kind: 'transactionUpdated', time: { at: now, raw: '1970-01-01T00:00:00Z' } });
    expect(entry?.event).toMatchObject({ occurredAt: now, occurredAtRaw: '1970-01-01T00:00:00Z' });
  });

  it('tells of a boot with the answer given', () => {
    const [entry] = told({
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
    const [first] = told(effect);
    const received = new Date('2026-01-01T12:00:00.001Z');
    const [again] = told({ ...effect }, { fresh: true, received: [received] });
    expect(first?.event.payload).toMatchObject({ value: { status: 'Faulted', errorCode: 'GroundFailure', info: '' } });
    expect(again?.event).toMatchObject({ recordedAt: received, occurredAt: at });
    expect(again?.eventId).not.toBe(first?.eventId);
  });

  it('tells of meter values with original and normalised value, and a repetition under the same id', () => {
    const effect: Effect = { kind: 'meterValues', evseId: 1, connectorId: 1, samples: [energy], time: { at } };
    const [entry] = told(effect);
    expect(entry?.destination).toBe(TOPICS.meter);
    expect(entry?.event.payload).toMatchObject({
      value: {
        transactionId: '',
        samples: [{ value: 1500, unit: 'Wh', rawValue: '1.5', rawUnit: 'kWh', sampledAt: at, phase: '' }],
      },
    });
    expect(told({ ...effect })[0]?.eventId).toBe(entry?.eventId);
  });

  it('sends the samples of a transaction once, on the meter topic, with its id and place', () => {
    const entries = told({ ...common, kind: 'transactionStarted', evseId: 0 }, { fresh: true, transaction });
    expect(entries.map((entry) => entry.destination)).toEqual([TOPICS.transactionStarted, TOPICS.meter]);
    expect(entries[0]?.event.payload).toMatchObject({ value: { samples: [], evseId: 3 } });
    expect(entries[1]?.event.payload).toMatchObject({
      value: { transactionId: '42', evseId: 3, samples: [{ value: 1500 }] },
    });
  });

  it('sends them before the end of the transaction', () => {
    expect(told(ended).map((entry) => entry.destination)).toEqual([TOPICS.meter, TOPICS.transactionEnded]);
  });

  it('sums a transaction up at its end', () => {
    const [, entry] = told(ended, { fresh: true, transaction });
    expect(entry?.event.payload).toMatchObject({
      $case: 'transactionEnded',
      value: {
        transactionId: '42',
        idToken: 'TAG',
        idTokenType: 'ISO14443',
        reason: 'Local',
        meterStartWh: 500,
        meterStopWh: 1500,
        energyWh: 1000,
        startedAt: transaction.startedAt,
        seqNo: 4,
        missingSeqNos: [2],
        samples: [],
      },
    });
  });

  it('tells the total cost with the end that it was answered to (OCPP 2.0.1 I02)', () => {
    expect(told({ ...ended, samples: [], totalCost: 12.5 })[0]?.event.payload?.value).toMatchObject({
      totalCost: 12.5,
    });
    expect(told({ ...ended, samples: [] })[0]?.event.payload?.value).toMatchObject({ totalCost: undefined });
  });

  it('tells only the samples of an Ended that comes after the end was told', () => {
    const entries = told(ended, { fresh: true, transaction, endTold: true });
    expect(entries.map((entry) => entry.destination)).toEqual([TOPICS.meter]);
  });

  it('tells of an end whose Ended will never come what the row knows of it (OCPP 2.0.1 E14)', () => {
    const status: Effect = {
      kind: 'transactionStatusTold',
      transactionId: '42',
      ongoing: false,
      messagesInQueue: false,
    };
    const [entry] = told(status, { fresh: true, transaction: { ...transaction, endedAt: at } });
    expect(entry?.event).toMatchObject({
      type: TOPICS.transactionEnded,
      occurredAt: at,
      payload: { value: { transactionId: '42', evseId: 3, reason: 'EndLost', energyWh: 1000, missingSeqNos: [2] } },
    });
  });

  it('tells no start of an orphan', () => {
    const [, entry] = told(ended, { fresh: true, transaction: { ...transaction, orphan: true } });
    expect(entry?.event.payload?.value).toMatchObject({ startedAt: undefined });
  });

  it('holds whatever integers a charger sends', () => {
    const [entry] = told({ ...common, samples: [], kind: 'transactionUpdated', evseId: 9e18, seqNo: -9e18 });
    expect(entry?.event.payload).toMatchObject({ value: { evseId: 2_147_483_647, seqNo: -2_147_483_648 } });
  });

  it.each<[Effect, string, object]>([
    [
      { kind: 'firmwareStatus', status: 'Installed', requestId: 9e18, signed: true, time: { at } },
      TOPICS.firmware,
      { status: 'Installed', requestId: 2_147_483_647, signed: true },
    ],
    [
      { kind: 'logStatus', upload: 'diagnostics', status: 'Uploaded', time: { at } },
      TOPICS.log,
      { status: 'Uploaded', requestId: undefined, diagnostics: true },
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
      { status: 'Published', requestId: 4, locations: ['ftp://lc/1'] },
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
      { report: 'Monitoring', requestId: 6, parts: 0 },
    ],
  ])('tells of %j on %s', (effect, topic, value) => {
    const entries = told(effect, { fresh: true }, 'ocpp1.6');
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
    const [first, second] = told({ kind: 'stationEvents', events: [event, other] });
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
    const again = told({ kind: 'stationEvents', events: [event, other] }, { fresh: true, received: [null, received] });
    expect(again).toMatchObject([{ event: { recordedAt: received, payload: { value: { eventNumber: 2 } } } }]);
  });
});
