import {
  FIELD_RULES,
  type Effect,
  type FieldRule,
  type FieldRuleId,
  type LookupName,
  type Lookups,
  type PipelinePorts,
  type StationState,
  handleCall,
  parseFrame,
} from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { ocpp201 } from './index.ts';

/*
 * What charging stations really do (notes 4), with frames as found in the field or, where only 1.6 was seen, put into 2.0.1.
 * Behaviours 7, 8, 10 and 20 show in a session, 11 and 12 in the handshake, and which transaction a message means where it
 * is recorded: their specs are in apps/ws-edge.
 */

const now = new Date('2026-03-01T10:00:00Z');

const FACTS: { [N in LookupName]?: Lookups[N]['answer'] } = {
  registration: { status: 'Accepted', intervalSeconds: 300 },
  idToken: { status: 'Accepted' },
};

interface Behaviour {
  behaviour: number;
  /** As found, and with whom. */
  what: string;
  frame: string;
  /** How it is read. */
  read: string;
  rules: FieldRuleId[];
  /** Of the CALLRESULT; null: there is none. */
  reply: object | null;
  effects: object[];
  /** What strict answers, as it stands in the CALLERROR; absent: the same as lenient. */
  strict?: string;
  registration?: StationState['registration'];
  /** Under which lenient and strict answer it; absent: 19223201. */
  id?: string;
  strictId?: string;
  asked?: readonly string[];
}

const time = '2026-03-01T09:59:00Z';
const call = (action: string, payload: string): string => `[2,"19223201","${action}",${payload}]`;
const status = (timestamp: string): string =>
  call('StatusNotification', `{"evseId":1,"connectorId":1,"connectorStatus":"Available","timestamp":"${timestamp}"}`);
const event = (fields: string, info = ''): string =>
  call(
    'TransactionEvent',
    `{"eventType":"Updated","triggerReason":"MeterValuePeriodic","seqNo":3,"timestamp":"${time}","transactionInfo":{"transactionId":"T-1"${info}}${fields}}`,
  );
const ended = (fields: string): string => event(fields).replace('"Updated"', '"Ended"');
const reading = (sampled: string): string =>
  event(`,"meterValue":[{"timestamp":"${time}","sampledValue":[${sampled}]}]`);
const boot = (fields: string): string =>
  call('BootNotification', `{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"${fields}}}`);
const booted = { status: 'Accepted', currentTime: now.toISOString(), interval: 300 };
const report = (fields: string): string =>
  call('NotifyReport', `{"requestId":1,"seqNo":0,"generatedAt":"${time}"${fields}}`);

const BEHAVIOURS: Behaviour[] = [
  {
    behaviour: 1,
    what: 'a timestamp without offset (as Growatt, evcc#10399)',
    frame: status('2026-02-19T15:28:07'),
    read: 'read as UTC, its text kept',
    rules: ['timestamp-without-offset'],
    reply: {},
    effects: [{ time: { at: new Date('2026-02-19T15:28:07Z'), raw: '2026-02-19T15:28:07' } }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 2,
    what: 'an Ended of the year 1 (as ocpp-go#20)',
    frame: ended('').replace(time, '0001-01-01T00:00:00Z'),
    read: 'recorded at the receive time, its text kept',
    rules: ['clock-absurd'],
    reply: {},
    effects: [{ kind: 'transactionEnded', time: { at: now, raw: '0001-01-01T00:00:00Z' } }],
  },
  {
    behaviour: 2,
    what: 'no time at all in a timestamp',
    frame: ended('').replace(time, ''),
    read: 'recorded at the receive time',
    rules: ['timestamp-unreadable'],
    reply: {},
    effects: [{ kind: 'transactionEnded', time: { at: now } }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 2,
    what: 'milliseconds since 1970 as a number (F14)',
    frame: ended('').replace(`"${time}"`, '1772359140000'),
    read: 'read, its digits kept',
    rules: ['timestamp-other-format'],
    reply: {},
    effects: [{ kind: 'transactionEnded', time: { at: new Date(time), raw: '1772359140000' } }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 3,
    what: 'a field without its value (as AEFA, lbbrhzn/ocpp#2032)',
    frame: event(',"offline":'),
    read: 'read as if it were absent',
    rules: ['json-value-missing', 'null-for-absent'],
    reply: {},
    effects: [{ kind: 'transactionUpdated', offline: false }],
    strict: 'RpcFrameworkError',
  },
  {
    behaviour: 3,
    what: 'JSON broken in another way',
    frame: call('MeterValues', `{"evseId":1,"meterValue":[{"timestamp":"${time}","sampledValue":[`),
    read: 'refused under its id, and the socket stays',
    rules: [],
    reply: null,
    effects: [],
    strict: 'RpcFrameworkError',
  },
  {
    behaviour: 4,
    what: 'the transactionId "0", which is as good as any in 2.0.1',
    frame: event('').replace('T-1', '0'),
    read: 'taken for that transaction',
    rules: [],
    reply: {},
    effects: [{ kind: 'transactionUpdated', transactionId: '0' }],
  },
  {
    behaviour: 4,
    what: 'remoteStartId 0, which trips falsy checks (ocpp-cp-simulator#357)',
    frame: event('', ',"remoteStartId":0'),
    read: 'taken for that remote start',
    rules: [],
    reply: {},
    effects: [{ remoteStartId: 0 }],
  },
  {
    behaviour: 4,
    what: 'a TransactionEvent of an EVSE without a connector (lbbrhzn/ocpp#2135)',
    frame: event(',"evse":{"id":2}'),
    read: 'recorded where it says, the connector not said',
    rules: [],
    reply: {},
    effects: [{ evseId: 2, connectorId: 0 }],
  },
  {
    behaviour: 4,
    what: 'the EVSE sent again in a later event (libocpp#580)',
    frame: ended(',"evse":{"id":2,"connectorId":1}'),
    read: 'taken',
    rules: [],
    reply: {},
    effects: [{ kind: 'transactionEnded', evseId: 2, connectorId: 1 }],
  },
  {
    behaviour: 5,
    what: 'an Ended of a transaction nobody saw begin (lbbrhzn/ocpp#2141)',
    frame: ended(''),
    read: 'answered and recorded under its number',
    rules: [],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: 'T-1', seqNo: 3 }],
  },
  {
    behaviour: 5,
    what: 'an event of an ended transaction, replayed late (citrineos-core#1053)',
    frame: event(',"offline":true'),
    read: 'answered and recorded under its number',
    rules: [],
    reply: {},
    effects: [{ kind: 'transactionUpdated', seqNo: 3, offline: true }],
  },
  {
    behaviour: 9,
    what: 'a StatusNotification with no boot after a reconnect (as Ocular, connectorio#122)',
    frame: status(time),
    read: 'taken from a station of which nothing is known',
    rules: ['message-before-boot'],
    reply: {},
    effects: [{ kind: 'connectorStatus' }],
    strict: 'SecurityError',
    registration: null,
  },
  {
    behaviour: 9,
    what: 'a StatusNotification while Pending that was asked for',
    frame: status(time),
    read: 'taken',
    rules: [],
    reply: {},
    effects: [{ kind: 'connectorStatus' }],
    registration: 'Pending',
    asked: ['StatusNotification'],
  },
  {
    behaviour: 9,
    what: 'a StatusNotification while Pending that nobody asked for (libocpp#504)',
    frame: status(time),
    read: 'refused (B02.FR.09)',
    rules: [],
    reply: null,
    effects: [],
    strict: 'SecurityError',
    registration: 'Pending',
    asked: ['NotifyReport'],
  },
  {
    behaviour: 9,
    what: 'a SecurityEventNotification before acceptance (libocpp#983)',
    frame: call('SecurityEventNotification', `{"type":"StartupOfTheDevice","timestamp":"${time}"}`),
    read: 'refused (B02.FR.09)',
    rules: [],
    reply: null,
    effects: [],
    strict: 'SecurityError',
    registration: 'Pending',
  },
  {
    behaviour: 13,
    what: 'a status in another letter case',
    frame: status(time).replace('Available', 'AVAILABLE'),
    read: 'read as the one it is but for its case',
    rules: ['enum-letter-case'],
    reply: {},
    effects: [{ status: 'Available' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'a boot reason nobody specified',
    frame: boot('').replace('PowerUp', 'Brownout'),
    read: 'read as Unknown',
    rules: ['unknown-word-replaced'],
    reply: booted,
    effects: [{ kind: 'stationBooted', reason: 'Unknown' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'a stop reason of 2.1',
    frame: event('', ',"stoppedReason":"ReqEnergyTransferRejected"').replace('"Updated"', '"Ended"'),
    read: 'read as Other',
    rules: ['unknown-word-replaced'],
    reply: {},
    effects: [{ kind: 'transactionEnded', reason: 'Other' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'a trigger reason of 2.1',
    frame: event('').replace('MeterValuePeriodic', 'CostLimitReached'),
    read: 'kept as sent',
    rules: ['unknown-word-kept'],
    reply: {},
    effects: [{ triggerReason: 'CostLimitReached' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'a charging state nobody specified',
    frame: event('', ',"chargingState":"Paused"'),
    read: 'kept as sent',
    rules: ['unknown-word-kept'],
    reply: {},
    effects: [{ chargingState: 'Paused' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'a measurand of 2.1',
    frame: reading('{"value":63,"measurand":"Display.PresentSOC"}'),
    read: 'kept as sent',
    rules: ['unknown-word-kept'],
    reply: {},
    effects: [{ samples: [{ measurand: 'Display.PresentSOC', value: 63 }] }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a reading as text, which it is in 1.6',
    frame: reading('{"value":"604.213","unitOfMeasure":{"unit":"kWh"}}'),
    read: 'read as a number',
    rules: ['text-for-number'],
    reply: {},
    effects: [{ samples: [{ value: 604_213 }] }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'null for an absent token',
    frame: event(',"idToken":null'),
    read: 'taken for absent',
    rules: ['null-for-absent'],
    reply: {},
    effects: [{ idToken: undefined }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'an event that is odd in five ways (T14)',
    frame: ended(
      ',"idToken":{"idToken":1234567890123456789},"evse":{"id":"1"},"customData":{},"offline":0,"cableMaxCurrent":"much"',
    ).replace('"seqNo":3', '"seqNo":"3"'),
    read: 'recorded all the same',
    rules: ['field-missing', 'text-for-number', 'value-for-boolean', 'field-senseless', 'number-for-text'],
    reply: { idTokenInfo: { status: 'Accepted' } },
    effects: [
      { kind: 'transactionEnded', seqNo: 3, evseId: 1, offline: false, idToken: { idToken: '1234567890123456789' } },
    ],
    strict: 'OccurrenceConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'an event without number, trigger and time (T14)',
    frame: call('TransactionEvent', '{"eventType":"Ended","transactionInfo":{"transactionId":"T-1"}}'),
    read: 'recorded without them',
    rules: ['field-missing'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: 'T-1', seqNo: 0, time: { at: now, assumed: true } }],
    strict: 'OccurrenceConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a quantity with decimals',
    frame: event(',"cableMaxCurrent":31.6'),
    read: 'rounded',
    rules: ['fractional-integer'],
    reply: {},
    effects: [{ kind: 'transactionUpdated' }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'an object for the list of readings (as Huawei, lbbrhzn/ocpp#1144)',
    frame: event(`,"meterValue":{"timestamp":"${time}","sampledValue":[{"value":1}]}`),
    read: 'taken for a list of one',
    rules: ['object-for-array'],
    reply: {},
    effects: [{ samples: [{ value: 1 }] }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'an empty list of readings (as Vestel EVC04, lbbrhzn/ocpp#466)',
    frame: ended(',"meterValue":[]'),
    read: 'accepted, and the transaction ends without them',
    rules: ['list-length'],
    reply: {},
    effects: [{ kind: 'transactionEnded', samples: [] }],
    strict: 'OccurrenceConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'an empty list in the last part of a report',
    frame: report(',"reportData":[]'),
    read: 'taken for a part without one',
    rules: ['list-length'],
    reply: {},
    effects: [{ kind: 'reportPart', last: true, items: [] }],
    strict: 'OccurrenceConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'a reading that is none among the readings (T14)',
    frame: reading('{"value":1},{"measurand":"Voltage"},null'),
    read: 'left out, and the others are stored',
    rules: ['list-item-odd'],
    reply: {},
    effects: [{ samples: [{ value: 1 }] }],
    strict: 'OccurrenceConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'a unit beside the value, as in 1.6 (T15)',
    frame: reading('{"value":12.5,"measurand":"Energy.Active.Import.Register","unit":"kWh"}'),
    read: 'read where it belongs',
    rules: ['other-shape'],
    reply: {},
    effects: [{ samples: [{ value: 12_500, unit: 'Wh' }] }],
    strict: 'FormatViolation',
  },
  {
    behaviour: 15,
    what: 'a status in the shape of 1.6 (F11)',
    frame: call('StatusNotification', '{"connectorId":1,"errorCode":"NoError","status":"Available"}'),
    read: 'read as what it is',
    rules: ['other-shape', 'field-missing'],
    reply: {},
    effects: [{ evseId: 1, connectorId: 1, status: 'Available', errorCode: 'NoError', time: { at: now } }],
    strict: 'OccurrenceConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'a status in the words of 1.6 (F11)',
    frame: status(time).replace('Available', 'SuspendedEV'),
    read: 'read as Occupied, the word kept',
    rules: ['other-shape'],
    reply: {},
    effects: [{ status: 'Occupied', info: 'SuspendedEV' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 16,
    what: 'an empty reading (as SteVe#249)',
    frame: reading('{"value":""}'),
    read: 'kept as sent, without a value',
    rules: ['text-for-number', 'reading-not-numeric'],
    reply: {},
    effects: [{ samples: [{ rawValue: '' }] }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 3,
    what: 'a comma before the first reading (as ZJ BENY, lbbrhzn/ocpp#1078)',
    frame: reading(',{"value":139954},'),
    read: 'read without it',
    rules: ['json-comma-stray'],
    reply: {},
    effects: [{ samples: [{ value: 139954 }] }],
    strict: 'RpcFrameworkError',
  },
  {
    behaviour: 13,
    what: 'an action in another letter case',
    frame: event('').replace('TransactionEvent', 'transactionEVENT'),
    read: 'read as that action',
    rules: ['enum-letter-case'],
    reply: {},
    effects: [{ kind: 'transactionUpdated', transactionId: 'T-1' }],
    strict: 'NotImplemented',
  },
  {
    behaviour: 14,
    what: 'data of a vendor that is nested without end',
    frame: event(`,"customData":{"vendorId":"V","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    read: 'taken without it',
    rules: ['field-senseless'],
    reply: {},
    effects: [{ kind: 'transactionUpdated', transactionId: 'T-1' }],
    strict: 'FormatViolation',
  },
  {
    behaviour: 14,
    what: 'a signed reading with such data',
    frame: reading(
      `{"value":7,"signedMeterValue":{"signedMeterData":"S","signingMethod":"","encodingMethod":"E","publicKey":"P","customData":{"vendorId":"V","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}}}`,
    ),
    read: 'taken without it',
    rules: ['field-senseless'],
    reply: {},
    effects: [{ samples: [{ value: 7, signed: true }, { format: 'SignedData' }] }],
    strict: 'FormatViolation',
  },
  {
    behaviour: 15,
    what: 'a message in a list of one',
    frame: event('').replace(/(\{.*\})/, '[$1]'),
    read: 'read as the message',
    rules: ['object-for-array'],
    reply: {},
    effects: [{ kind: 'transactionUpdated', transactionId: 'T-1' }],
    strict: 'FormatViolation',
  },
  {
    behaviour: 15,
    what: 'readings in a list in the list',
    frame: reading('[{"value":7},{"value":8}]'),
    read: 'read as the list',
    rules: ['object-for-array'],
    reply: {},
    effects: [{ samples: [{ value: 7 }, { value: 8 }] }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 16,
    what: 'numbers as C prints them, and with a plus or leading zeros',
    frame: reading('{"value":-nan},{"value":007},{"value":+1.5}'),
    read: 'read as these texts',
    rules: ['json-number-invalid', 'text-for-number', 'reading-not-numeric'],
    reply: {},
    effects: [{ samples: [{ rawValue: '-nan' }, { value: 7 }, { value: 1.5 }] }],
    strict: 'RpcFrameworkError',
  },
  {
    behaviour: 16,
    what: 'a bare NaN',
    frame: reading('{"value":NaN},{"value":7}'),
    read: 'read as that text, and the other readings are kept',
    rules: ['json-number-invalid', 'text-for-number', 'reading-not-numeric'],
    reply: {},
    effects: [{ samples: [{ rawValue: 'NaN' }, { value: 7 }] }],
    strict: 'RpcFrameworkError',
  },
  {
    behaviour: 17,
    what: 'a serial number of 26 characters (as mobilityhouse/ocpp#129)',
    frame: boot(',"serialNumber":"ABCDEFGHIJKLMNOPQRSTUVWXYZ"'),
    read: 'cut to 25',
    rules: ['over-long-text'],
    reply: booted,
    effects: [{ serialNumber: 'ABCDEFGHIJKLMNOPQRSTUVWXY' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 17,
    what: 'a token of 37 characters (F12)',
    frame: call('Authorize', `{"idToken":{"type":"Central","idToken":"${'x'.repeat(37)}"}}`),
    read: 'answered Invalid: a refusal is a status',
    rules: ['over-long-identifier'],
    reply: { idTokenInfo: { status: 'Invalid' } },
    effects: [],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'a token of a type nobody specified (F12)',
    frame: call('Authorize', '{"idToken":{"type":"Palm","idToken":"A"}}'),
    read: 'answered Invalid: a refusal is a status',
    rules: ['unknown-word-kept'],
    reply: { idTokenInfo: { status: 'Invalid' } },
    effects: [],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 18,
    what: 'null for a payload (as SteVe#1109)',
    frame: call('Heartbeat', 'null'),
    read: 'read as {}',
    rules: ['null-payload'],
    reply: { currentTime: now.toISOString() },
    effects: [],
  },
  {
    behaviour: 18,
    what: 'an empty frame (as SteVe#66)',
    frame: '',
    read: 'ignored',
    rules: ['empty-frame'],
    reply: null,
    effects: [],
  },
  {
    behaviour: 18,
    what: 'a byte order mark',
    frame: `\uFEFF${call('Heartbeat', '{}')}`,
    read: 'ignored',
    rules: ['byte-order-mark'],
    reply: { currentTime: now.toISOString() },
    effects: [],
  },
  {
    behaviour: 18,
    what: 'a key twice in one object',
    frame: event(',"seqNo":4'),
    read: 'read as the last of them',
    rules: [],
    reply: {},
    effects: [{ seqNo: 4 }],
  },
  {
    behaviour: 18,
    what: 'a NUL behind the frame (F1)',
    frame: `${ended('')}\0`,
    read: 'read without it',
    rules: ['control-character'],
    reply: {},
    effects: [{ kind: 'transactionEnded' }],
    strict: 'RpcFrameworkError',
  },
  {
    behaviour: 18,
    what: 'a message id of 50 characters (F2)',
    frame: call('Heartbeat', '{}').replace('19223201', 'x'.repeat(50)),
    read: 'echoed as sent',
    rules: ['frame-head-odd'],
    id: 'x'.repeat(50),
    reply: { currentTime: now.toISOString() },
    effects: [],
    strict: 'RpcFrameworkError',
    strictId: '-1',
  },
  {
    behaviour: 18,
    what: 'a field of no specification outside customData',
    frame: call('Heartbeat', '{"vendorUptime":4711}'),
    read: 'ignored',
    rules: ['unknown-property'],
    reply: { currentTime: now.toISOString() },
    effects: [],
    strict: 'FormatViolation',
  },
  {
    behaviour: 19,
    what: 'a CALLERROR short of elements (libocpp#995)',
    frame: '[4,"19223201","InternalError"]',
    read: 'read, and never answered',
    rules: ['mangled-error'],
    reply: null,
    effects: [],
  },
  {
    behaviour: 19,
    what: 'an answer that is no JSON',
    frame: '[3,"19223201",{"status":Accepted}]',
    read: 'taken for the end of the CALL that waits, and never answered',
    rules: ['mangled-error'],
    reply: null,
    effects: [],
  },
];

interface Received {
  rules: readonly FieldRuleId[];
  /** The answer, parsed; null: none. */
  answer: unknown;
  effects: readonly Effect[];
}

type Frame = Pick<Behaviour, 'frame' | 'registration' | 'asked'>;

async function receive(
  { frame, registration = 'Accepted', asked = [] }: Frame,
  tolerance: StationState['tolerance'],
): Promise<Received> {
  const ports: PipelinePorts = {
    resolve: async (name) => (FACTS[name] ?? null) as never,
    commit: async () => ({ noted: [], after: [] }),
  };
  const parsed = parseFrame(frame, ocpp201.dialect, tolerance);
  const rules = parsed.noted ?? [];
  if (parsed.kind === 'fault') return { rules, answer: parsed.reply && JSON.parse(parsed.reply), effects: [] };
  if (parsed.kind !== 'call') return { rules, answer: null, effects: [] };
  const station = { cpId: 'CS-1', registration, tolerance, asked: new Set(asked) };
  const handled = await handleCall(ocpp201, ports, station, parsed, now);
  return { rules: [...rules, ...handled.deviations], answer: JSON.parse(handled.frame), effects: handled.effects };
}

describe('lenient', () => {
  it.each(BEHAVIOURS)('field behaviour $behaviour: $what is $read (2.0.1, lenient)', async (found) => {
    const { rules, answer, effects } = await receive(found, 'lenient');
    const refused = found.reply === null && found.strict !== undefined;
    expect(rules).toEqual(found.rules);
    if (refused) expect(answer).toMatchObject([4, '19223201', found.strict, expect.any(String), {}]);
    else expect(answer).toEqual(found.reply && [3, found.id ?? '19223201', found.reply]);
    expect(effects).toMatchObject(found.effects);
    expect(effects).toHaveLength(found.effects.length);
  });

  it.each(['Started', 'Updated', 'Ended'])(
    'field behaviour 6: %s again under a new message id (libocpp#298) is answered and recorded as before (2.0.1, lenient)',
    async (eventType) => {
      const frame = event(',"idToken":{"idToken":"04A1B2C3","type":"ISO14443"}').replace('Updated', eventType);
      const first = await receive({ frame }, 'lenient');
      const again = await receive({ frame: frame.replace('19223201', '19223202') }, 'lenient');
      expect(again.answer).toEqual([3, '19223202', { idTokenInfo: { status: 'Accepted' } }]);
      expect(again.effects).toEqual(first.effects);
    },
  );
});

describe('strict', () => {
  const refused = BEHAVIOURS.filter(({ strict }) => strict !== undefined);
  const same = BEHAVIOURS.filter(({ strict }) => strict === undefined);

  it.each(refused)('field behaviour $behaviour: $what is refused with $strict (2.0.1, strict)', async (found) => {
    const { rules, answer, effects } = await receive(found, 'strict');
    expect(answer).toMatchObject([4, found.strictId ?? '19223201', found.strict, expect.any(String), {}]);
    expect({ rules, effects }).toEqual({ rules: [], effects: [] });
  });

  it.each(same)('field behaviour $behaviour: $what is $read (2.0.1, strict)', async (found) => {
    expect(await receive(found, 'strict')).toEqual(await receive(found, 'lenient'));
  });
});

describe('the catalogue', () => {
  it('has no rule for messages of 2.0.1 without a frame here', () => {
    const rules: readonly FieldRule[] = FIELD_RULES;
    const ofMessages = rules.filter(
      ({ where, version }) => ['frame', 'schema', 'message'].includes(where) && version !== '1.6',
    );
    const met = new Set<string>(BEHAVIOURS.flatMap((found) => found.rules));
    expect(ofMessages.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([]);
  });
});
