import { describe, expect, it } from '@jest/globals';
import type { Payload } from '../message.ts';
import { seededNumbers } from '../random.ts';
import { CATALOGUE, misbehavioursOf, randomMisbehaviours } from './catalogue.ts';
import { Manners } from './manners.ts';
import { messagesOf } from './testdata/messages.ts';
import type { Version } from './misbehaviour.ts';

/** A session's messages as they go on the wire. */
function wire(version: Version, session: number, manners: Manners): Payload[] {
  return messagesOf(version, session).flatMap((message) =>
    manners
      .steps(message)
      .flatMap((step) =>
        step.kind === 'send' ? [manners.payload(step.message.payload() as Payload, step.message.action)] : [],
      ),
  );
}

function mannersOf(version: Version, ...names: string[]): Manners {
  return new Manners(misbehavioursOf(names), version);
}

const samples = (payload: Payload | undefined): Payload[] =>
  ((payload?.['meterValue'] ?? payload?.['transactionData']) as { sampledValue: Payload[] }[])[0]?.sampledValue ?? [];

describe('what a transaction says of itself', () => {
  it('no-transaction-id names 0 or -1, and leaves out the idTag in turn', () => {
    const manners = mannersOf('1.6', 'no-transaction-id');
    const stops = [1, 2, 3, 4].map((session) => wire('1.6', session, manners).at(-1));
    expect(stops.map((stop) => [stop?.['transactionId'], stop?.['idTag']])).toEqual([
      [-1, 'TAG1'],
      [0, undefined],
      [-1, undefined],
      [0, 'TAG4'],
    ]);
  });

  it('wrong-transaction-id names the transaction before', () => {
    const manners = mannersOf('1.6', 'wrong-transaction-id');
    const stops = [1, 2, 3].map((session) => wire('1.6', session, manners).at(-1));
    expect(stops.map((stop) => stop?.['transactionId'])).toEqual([41, 41, 42]);
  });

  it("reused-transaction-id is the EVSE's number, in every event", () => {
    const manners = mannersOf('2.0.1', 'reused-transaction-id');
    const ids = [1, 2].flatMap((session) => wire('2.0.1', session, manners)).map((each) => each['transactionInfo']);
    expect(ids.map((each) => (each as Payload)['transactionId'])).toEqual(Array(8).fill('1'));
  });

  it('late-token and late-ids come with the event after Started', () => {
    const [started, updated, next] = wire('2.0.1', 1, mannersOf('2.0.1', 'late-token'));
    expect(started).not.toHaveProperty('idToken');
    expect(updated).toHaveProperty('idToken', { idToken: 'TAG1', type: 'Central' });
    expect(next).not.toHaveProperty('idToken');
    const [begun, later] = wire('2.0.1', 1, mannersOf('2.0.1', 'late-ids'));
    expect(begun).toEqual(expect.not.objectContaining({ reservationId: 9 }));
    expect(begun?.['transactionInfo']).toEqual({ transactionId: 'tx-1' });
    expect(later).toMatchObject({ reservationId: 9, transactionInfo: { remoteStartId: 7 } });
  });

  it('token-case stops with the token in other letters', () => {
    expect(wire('1.6', 1, mannersOf('1.6', 'token-case')).at(-1)).toHaveProperty('idTag', 'tag1 ');
    expect(wire('2.0.1', 1, mannersOf('2.0.1', 'token-case')).at(-1)).toHaveProperty('idToken.idToken', 'tag1');
  });

  it('restart-numbering counts from 0 after the boot', () => {
    const events = wire('2.0.1', 1, mannersOf('2.0.1', 'restart-numbering'));
    expect(events.map(({ seqNo }) => seqNo)).toEqual([0, 1, 0, 1]);
  });

  it('provisional-stop tells the last reading first, under the number before', () => {
    const [, , , provisional, stop] = wire('1.6', 1, mannersOf('1.6', 'provisional-stop'));
    expect(provisional).toMatchObject({ transactionId: 41, meterStop: 3000, reason: 'PowerLoss' });
    expect(stop).toMatchObject({ transactionId: 41, meterStop: 4000, reason: 'Local' });
    const events = wire('2.0.1', 1, mannersOf('2.0.1', 'provisional-stop')).slice(3);
    expect(events.map(({ seqNo }) => seqNo)).toEqual([3, 4]);
    expect(events.map((event) => samples(event)[0]?.['value'])).toEqual([3000, 4000]);
  });

  it('idle-readings name no session, stray-reading the ended one', () => {
    expect(wire('1.6', 1, mannersOf('1.6', 'idle-readings')).at(-1)).toMatchObject({
      connectorId: 1,
      transactionId: -1,
      meterValue: [{ sampledValue: [{ value: '5500' }] }],
    });
    expect(wire('2.0.1', 1, mannersOf('2.0.1', 'idle-readings')).at(-1)).toMatchObject({ evseId: 1 });
    expect(wire('1.6', 1, mannersOf('1.6', 'stray-reading')).at(-1)).toMatchObject({ transactionId: 41 });
    expect(wire('2.0.1', 1, mannersOf('2.0.1', 'stray-reading')).at(-1)).toMatchObject({
      eventType: 'Updated',
      seqNo: 4,
      transactionInfo: { transactionId: 'tx-1' },
    });
  });
});

describe('how a register is sent', () => {
  const reported = (version: Version, name: string): Payload[] =>
    samples(wire(version, 1, mannersOf(version, name)).at(-1));

  it.each<[string, Version, Payload[]]>([
    ['kwh', '1.6', [{ value: '4', unit: 'kWh' }]],
    ['kwh', '2.0.1', [{ value: 4, context: 'Sample.Periodic', unitOfMeasure: { unit: 'kWh' } }]],
    ['kwh-without-unit', '1.6', [{ value: '4' }]],
    ['unit-beside-value', '2.0.1', [{ value: 4, context: 'Sample.Periodic', unit: 'kWh' }]],
    [
      'kilo-multiplier',
      '2.0.1',
      [{ value: 4, context: 'Sample.Periodic', unitOfMeasure: { unit: 'Wh', multiplier: 3 } }],
    ],
    ['no-units', '1.6', [{ value: '4000' }]],
    [
      'phases-only',
      '1.6',
      [
        { value: '1333', unit: 'Wh', phase: 'L1' },
        { value: '1333', unit: 'Wh', phase: 'L2' },
        { value: '1334', unit: 'Wh', phase: 'L3' },
      ],
    ],
    [
      'inlet-and-outlet',
      '1.6',
      [
        { value: '4800', unit: 'Wh', location: 'Inlet' },
        { value: '4000', unit: 'Wh', location: 'Outlet' },
      ],
    ],
    ['no-register', '1.6', []],
    ['intervals-only', '1.6', [{ value: '1000', unit: 'Wh', measurand: 'Energy.Active.Import.Interval' }]],
  ])('%s, in OCPP %s', (name, version, expected) => {
    expect(reported(version, name)).toEqual(expected);
  });

  it('signed-twins follow the plain register, in kWh without saying so', () => {
    const [plain, twin] = reported('2.0.1', 'signed-twins');
    expect(plain).toEqual({ value: 4000, context: 'Sample.Periodic' });
    expect(twin).toMatchObject({ value: 4, signedMeterValue: { encodingMethod: 'OCMF' } });
    expect(reported('1.6', 'signed-twins')[1]).toMatchObject({ format: 'SignedData' });
  });

  it('readings-of-1.5 have values instead of meterValue', () => {
    const [, reading] = wire('1.6', 1, mannersOf('1.6', 'readings-of-1.5'));
    expect(reading).not.toHaveProperty('meterValue');
    expect(reading).toMatchObject({ values: [{ value: [{ value: '2000', unit: 'Wh' }] }] });
  });
});

describe('how fields are written', () => {
  const status = { connectorId: 1, errorCode: 'NoError', status: 'Preparing', timestamp: '2026-11-30T05:00:00.000Z' };

  it.each<[string, Payload, Payload]>([
    ['numbers-as-text', status, { ...status, connectorId: '1' }],
    ['text-as-numbers', { value: '12.5', idTag: '007', iccid: '893' }, { value: 12.5, idTag: '007', iccid: 893 }],
    ['booleans-as-numbers', { offline: true, inner: [{ no: false }] }, { offline: 1, inner: [{ no: 0 }] }],
    ['null-fields', status, { ...status, info: null, vendorId: null, vendorErrorCode: null }],
    ['odd-enums', { reason: 'Local', status: 'Charging' }, { reason: 'CableRemovedByDriver', status: 'Charging' }],
    ['missing-fields', status, { connectorId: 1, status: 'Preparing' }],
    ['compact-times', status, { ...status, timestamp: '20261130T050000Z' }],
    ['unix-times', status, { ...status, timestamp: '1796014800' }],
    ['times-without-offset', status, { ...status, timestamp: '2026-11-30T05:00:00.000' }],
    ['status-ahead', status, { ...status, timestamp: '2026-11-30T07:00:00.000Z' }],
  ])('%s', (name, payload, expected) => {
    expect(mannersOf('1.6', name).payload(payload, 'StatusNotification')).toEqual(expected);
  });

  it('unknown-fields are more than 65, long-texts longer than any limit, customData bare', () => {
    const unknown = mannersOf('1.6', 'unknown-fields').payload(status, 'StatusNotification');
    expect(Object.keys(unknown).length).toBeGreaterThan(65);
    const long = mannersOf('1.6', 'long-texts').payload(status, 'StatusNotification');
    expect(String(long['info']).length).toBeGreaterThan(255);
    expect(mannersOf('2.0.1', 'bare-custom-data').payload({}, 'Heartbeat')).toEqual({ customData: { note: 'hello' } });
  });

  it('status-of-1.6 has the fields of 1.6 in 2.0.1', () => {
    const own = { timestamp: 'now', connectorStatus: 'Occupied', evseId: 2, connectorId: 1 };
    expect(mannersOf('2.0.1', 'status-of-1.6').payload(own, 'StatusNotification')).toEqual({
      connectorId: 2,
      errorCode: 'NoError',
      status: 'Occupied',
      timestamp: 'now',
    });
  });
});

describe('clocks, frames and answers', () => {
  const booted = new Date('2026-11-30T05:00:00Z');
  const now = new Date('2026-11-30T05:10:00Z');

  it.each([
    ['clock-2000', '2000-01-01T00:10:00.000Z'],
    ['clock-1970', '1970-01-01T00:10:00.000Z'],
    ['clock-ahead', '2026-11-30T07:10:00.000Z'],
    ['clock-behind', '2026-11-30T00:10:00.000Z'],
    ['clock-stuck', '2026-11-30T05:00:00.000Z'],
  ])('%s shows %s', (name, shown) => {
    expect(mannersOf('1.6', name).clock(now, booted).toISOString()).toBe(shown);
  });

  it('a clock of each charger shows the time without any', () => {
    expect(mannersOf('1.6').clock(now, booted)).toEqual(now);
  });

  it('trailing-nul ends every frame', () => {
    expect(mannersOf('1.6', 'trailing-nul').frame('[3]')).toBe('[3]\0');
  });

  it.each([
    ['numeric-message-id', [1, 2, 1]],
    ['counted-message-id', ['1', '2', '1']],
  ])('%s counts, and counts anew after a boot', (name, ids) => {
    const manners = mannersOf('1.6', name);
    const first = [manners.messageId(), manners.messageId()];
    manners.boots();
    expect([...first, manners.messageId()]).toEqual(ids);
  });

  it('long-message-id has more than 36 characters', () => {
    expect(String(mannersOf('1.6', 'long-message-id').messageId())).toHaveLength(60);
  });

  it('odd-answers and forgotten-queue change what the CSMS gets', () => {
    const keys = { configurationKey: [{ key: 'A', readonly: true }] };
    expect(mannersOf('1.6', 'odd-answers').answer(keys, 'GetConfiguration')).toMatchObject({
      configurationKey: [{ key: 'A', readonly: 1 }],
      customData: {},
    });
    const busy = { ongoingIndicator: true, messagesInQueue: true };
    expect(mannersOf('2.0.1', 'forgotten-queue').answer(busy, 'GetTransactionStatus')).toEqual({
      ongoingIndicator: false,
      messagesInQueue: false,
    });
  });

  it('answers-errors refuses whatever the CSMS asks', () => {
    expect(() => mannersOf('1.6', 'answers-errors').answer({ status: 'Accepted' }, 'ClearCache')).toThrow(
      'out of memory',
    );
  });

  it.each([
    ['1.6' as const, { status: 'Preparing', errorCode: 'NoError' }, { status: 'Faulted', errorCode: 'GroundFailure' }],
    ['1.6' as const, { status: 'Charging', errorCode: 'NoError' }, { status: 'Charging', errorCode: 'NoError' }],
    ['2.0.1' as const, { connectorStatus: 'Occupied' }, { connectorStatus: 'Faulted' }],
  ])('faulted of %s makes %j to %j', (version, status, shown) => {
    expect(mannersOf(version, 'faulted').payload(status, 'StatusNotification')).toEqual(shown);
  });

  it('some are never chosen at random', () => {
    const chosen = Array.from({ length: 300 }, (_, n) => randomMisbehaviours('1.6', seededNumbers(n))).flat();
    expect(chosen.filter(({ byNameOnly }) => byNameOnly)).toEqual([]);
    expect(new Set(chosen).size).toBeGreaterThan(30);
  });

  it('meters and links say what they do to the charger', () => {
    expect(mannersOf('1.6', 'idle-readings').idleWh).toBeGreaterThan(0);
    expect(mannersOf('1.6', 'register-reset').resetsRegister).toBe(true);
    expect(mannersOf('1.6', 'reconnect-loop').connectionMs).toBe(1000);
    expect(mannersOf('1.6', 'trailing-slash').pathSuffix).toBe('/');
    expect(mannersOf('1.6', 'hasty-heartbeats').heartbeatMs).toBe(1000);
    expect(mannersOf('2.0.1', 'never-answers').silent).toBe(true);
  });

  it('every misbehaviour changes something', () => {
    for (const { name, script, payload, clock, frame, messageId, answer, ...rest } of CATALOGUE) {
      const parts = [script, payload, clock, frame, messageId, answer].filter(Boolean).length;
      const { idleWh, resetsRegister, connectionMs, pathSuffix, heartbeatMs, silent } = rest;
      const all = [idleWh, resetsRegister, connectionMs, pathSuffix, heartbeatMs, silent];
      const effects = all.filter(Boolean).length;
      expect([name, parts + effects > 0]).toEqual([name, true]);
    }
  });
});
