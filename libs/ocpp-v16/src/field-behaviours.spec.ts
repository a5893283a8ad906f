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
import { ocpp16 } from './index.ts';

/*
 * What chargers really do (notes 4), with frames as found in the field. Behaviours 7, 8, 10 and 20 show in a session,
 * 11 and 12 in the handshake, and which transaction a message means where it is recorded: their specs are in apps/ws-edge.
 */

const now = new Date('2026-03-01T10:00:00Z');

/** What 1.6 asks for. */
type Asked = Exclude<
  LookupName,
  'certificateStatus' | 'contractCertificate' | 'evCertificate' | 'chargingNeeds' | 'transactionProfile' | 'cost'
>;
type Facts = { [N in Asked]?: Lookups[N]['answer'] };

const FACTS: Required<Facts> = {
  registration: { status: 'Accepted', intervalSeconds: 300 },
  idToken: { status: 'Accepted' },
  transactionStart: { transactionId: 7 },
  concurrentTransaction: false,
  dataTransfer: { status: 'UnknownVendorId' },
  signingRequest: { ok: false, reason: 'not part of these tests' },
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
  /** Fields that none of them has. */
  absent?: string[];
  /** What strict answers, as it stands in the CALLERROR; absent: the same as lenient. */
  strict?: string;
  facts?: Facts;
  registration?: StationState['registration'];
  /** Under which it is answered; absent: 19223201. */
  id?: string | number;
}

const call = (action: string, payload: string): string => `[2,"19223201","${action}",${payload}]`;
const status = (fields: string): string => call('StatusNotification', `{"connectorId":1,${fields}}`);
const start = (fields: string): string =>
  call('StartTransaction', `{"connectorId":1,"idTag":"04EC2CC2552280",${fields}}`);
const stop = (fields: string): string => call('StopTransaction', `{${fields}}`);
const reading = (sampled: string): string =>
  call(
    'MeterValues',
    `{"connectorId":1,"meterValue":[{"timestamp":"2026-03-01T09:59:00Z","sampledValue":[${sampled}]}]}`,
  );
const started = { transactionId: 7, idTagInfo: { status: 'Accepted' } };

const BEHAVIOURS: Behaviour[] = [
  {
    behaviour: 1,
    what: 'a timestamp without offset (Growatt THOR, evcc#10399)',
    frame: status('"errorCode":"NoError","status":"Available","timestamp":"2026-02-19T15:28:07"'),
    read: 'read as UTC, its text kept',
    rules: ['timestamp-without-offset'],
    reply: {},
    effects: [{ time: { at: new Date('2026-02-19T15:28:07Z'), raw: '2026-02-19T15:28:07' } }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 1,
    what: 'an offset of hours alone (monta ocpp-emulator#5)',
    frame: status('"errorCode":"NoError","status":"Available","timestamp":"2026-02-19T15:28:07+02"'),
    read: 'read as it is',
    rules: [],
    reply: {},
    effects: [{ time: { at: new Date('2026-02-19T13:28:07Z') } }],
  },
  {
    behaviour: 2,
    what: 'a clock of 1970 after the boot (MicroOcpp#311)',
    frame: start('"meterStart":0,"timestamp":"1970-01-01T00:01:12Z"'),
    read: 'recorded at the receive time, its text kept',
    rules: ['clock-absurd'],
    reply: started,
    effects: [{ kind: 'transactionStarted', time: { at: now, raw: '1970-01-01T00:01:12Z' } }],
  },
  {
    behaviour: 2,
    what: 'a clock of the year 1 (ocpp-go#20)',
    frame: stop('"transactionId":1001,"meterStop":1500,"timestamp":"0001-01-01T00:00:00Z"'),
    read: 'recorded at the receive time, its text kept',
    rules: ['clock-absurd'],
    reply: {},
    effects: [{ kind: 'transactionEnded', time: { at: now, raw: '0001-01-01T00:00:00Z' } }],
  },
  {
    behaviour: 2,
    what: 'no time at all in a timestamp',
    frame: stop('"transactionId":1001,"meterStop":1500,"timestamp":""'),
    read: 'recorded at the receive time',
    rules: ['timestamp-unreadable'],
    reply: {},
    effects: [{ kind: 'transactionEnded', time: { at: now } }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 2,
    what: 'a clock that starts in 2000 with every boot (T4)',
    frame: start('"meterStart":0,"timestamp":"2000-01-01T00:00:20Z"'),
    read: 'recorded at the receive time, its text kept',
    rules: ['clock-absurd'],
    reply: started,
    effects: [{ kind: 'transactionStarted', time: { at: now, raw: '2000-01-01T00:00:20Z', assumed: true } }],
  },
  {
    behaviour: 2,
    what: 'ISO 8601 basic (F14)',
    frame: stop('"transactionId":1001,"meterStop":1500,"timestamp":"20260301T095900Z"'),
    read: 'read, its text kept',
    rules: ['timestamp-other-format'],
    reply: {},
    effects: [{ kind: 'transactionEnded', time: { at: new Date('2026-03-01T09:59:00Z'), raw: '20260301T095900Z' } }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 2,
    what: 'seconds since 1970 as a number (F14)',
    frame: stop('"transactionId":1001,"meterStop":1500,"timestamp":1772359140'),
    read: 'read, its digits kept',
    rules: ['timestamp-other-format'],
    reply: {},
    effects: [{ kind: 'transactionEnded', time: { at: new Date('2026-03-01T09:59:00Z'), raw: '1772359140' } }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 3,
    what: 'a transactionId without a value in each MeterValues (AEFA, lbbrhzn/ocpp#2032)',
    frame: call(
      'MeterValues',
      '{"connectorId":1,"transactionId":,"meterValue":[{"timestamp":"2026-01-30T10:05:11.250","sampledValue":[{"value":"12345","unit":"Wh"}]}]}',
    ),
    read: 'read as if it were absent',
    rules: ['json-value-missing', 'null-for-absent', 'timestamp-without-offset'],
    reply: {},
    effects: [{ kind: 'meterValues', evseId: 1, samples: [{ value: 12345 }] }],
    absent: ['transactionId'],
    strict: 'FormationViolation',
  },
  {
    behaviour: 3,
    what: 'JSON broken in another way',
    frame: call('MeterValues', '{"connectorId":1,"meterValue":[{"timestamp":"2026-01-30T10:05:11Z","sampledValue":['),
    read: 'refused under its id, and the socket stays',
    rules: [],
    reply: null,
    effects: [],
    strict: 'FormationViolation',
  },
  {
    behaviour: 4,
    what: 'a StopTransaction of transaction -1 (libocpp#495, errata 3.18)',
    frame: stop('"transactionId":-1,"meterStop":1500,"timestamp":"2026-03-01T09:59:00Z","reason":"Local"'),
    read: 'taken for one that names none',
    rules: ['transaction-id-unusable'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '-1', unnamed: true, meterStopWh: 1500 }],
  },
  {
    behaviour: 4,
    what: 'a StopTransaction that always says 0 (TKT, ocpp-rpc#82)',
    frame: stop('"transactionId":0,"meterStop":1500,"timestamp":"2026-03-01T09:59:00Z"'),
    read: 'taken for one that names none',
    rules: ['transaction-id-unusable'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '0', unnamed: true }],
  },
  {
    behaviour: 4,
    what: 'an idle MeterValues of the greatest int64 (Alfen, lbbrhzn/ocpp#46)',
    frame: call(
      'MeterValues',
      '{"connectorId":1,"transactionId":9223372036854775807,"meterValue":[{"timestamp":"2026-03-01T09:59:00Z","sampledValue":[{"value":"1"}]}]}',
    ),
    read: 'taken for one that names none',
    rules: ['transaction-id-unusable'],
    reply: {},
    effects: [{ kind: 'meterValues', transactionId: null }],
  },
  {
    behaviour: 4,
    what: 'a StopTransaction without a transactionId',
    frame: stop('"meterStop":1500,"timestamp":"2026-03-01T09:59:00Z"'),
    read: 'taken for one that names none',
    rules: ['field-missing', 'transaction-id-unusable'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '-1', unnamed: true }],
    strict: 'OccurenceConstraintViolation',
  },
  {
    behaviour: 5,
    what: 'a StopTransaction of a transaction nobody saw (Wallbox, connectorio-addons#199)',
    frame: stop('"transactionId":777,"meterStop":1500,"timestamp":"2026-03-01T09:59:00Z","idTag":"04EC2CC2552280"'),
    read: 'answered as any',
    rules: [],
    reply: { idTagInfo: { status: 'Accepted' } },
    effects: [{ kind: 'transactionEnded', transactionId: '777' }],
  },
  {
    behaviour: 6,
    what: 'a StartTransaction again, as its answer was lost (SteVe#81, MicroOcpp#237)',
    frame: start('"meterStart":0,"timestamp":"2026-03-01T09:59:00Z"'),
    read: 'given the same transactionId and the same status',
    rules: ['start-repeated'],
    reply: { transactionId: 1001, idTagInfo: { status: 'Accepted' } },
    effects: [{ kind: 'transactionStarted', transactionId: '1001', idTokenStatus: 'Accepted' }],
    facts: { transactionStart: { transactionId: 1001, knownStatus: 'Accepted' }, idToken: { status: 'ConcurrentTx' } },
  },
  {
    behaviour: 9,
    what: 'a StatusNotification with no boot after a reconnect (Ocular, connectorio#122)',
    frame: status('"errorCode":"NoError","status":"Available"'),
    read: 'taken from a station of which nothing is known',
    rules: ['message-before-boot'],
    reply: {},
    effects: [{ kind: 'connectorStatus' }],
    strict: 'SecurityError',
    registration: null,
  },
  {
    behaviour: 9,
    what: 'a StatusNotification while Pending (libocpp#504)',
    frame: status('"errorCode":"NoError","status":"Available"'),
    read: 'taken, as it may have been asked for',
    rules: ['message-before-boot'],
    reply: {},
    effects: [{ kind: 'connectorStatus' }],
    registration: 'Pending',
  },
  {
    behaviour: 9,
    what: 'a SecurityEventNotification before acceptance (libocpp#983)',
    frame: call('SecurityEventNotification', '{"type":"StartupOfTheDevice","timestamp":"2026-03-01T09:59:00Z"}'),
    read: 'taken',
    rules: ['message-before-boot'],
    reply: {},
    effects: [{ kind: 'securityEvent' }],
    registration: 'Pending',
  },
  {
    behaviour: 13,
    what: 'the error code "Error" (Legrand, lbbrhzn/ocpp#1248)',
    frame: status('"errorCode":"Error","status":"Faulted"'),
    read: 'read as OtherError, the word kept beside',
    rules: ['unknown-word-replaced'],
    reply: {},
    effects: [{ errorCode: 'OtherError', vendorErrorCode: 'Error' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'the status "Occupied" of OCPP 1.5 and 2.0.1',
    frame: status('"errorCode":"NoError","status":"Occupied"'),
    read: 'kept as sent',
    rules: ['unknown-word-kept'],
    reply: {},
    effects: [{ kind: 'connectorStatus', status: 'Occupied' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'a status in another letter case',
    frame: status('"errorCode":"noError","status":"AVAILABLE"'),
    read: 'read as the one it is but for its case',
    rules: ['enum-letter-case'],
    reply: {},
    effects: [{ errorCode: 'NoError', status: 'Available' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'the unit "Hz" (Charge Amps, lbbrhzn/ocpp#1576)',
    frame: reading('{"value":"49.98","measurand":"Frequency","unit":"Hz"}'),
    read: 'kept as sent',
    rules: ['unknown-word-kept'],
    reply: {},
    effects: [{ samples: [{ value: 49.98, unit: 'Hz' }] }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'the unit in both spellings of the errata, Celsius and Celcius',
    frame: reading(
      '{"value":"21","measurand":"Temperature","unit":"Celsius"},{"value":"22","measurand":"Temperature","unit":"Celcius"}',
    ),
    read: 'read as one',
    rules: [],
    reply: {},
    effects: [{ samples: [{ unit: 'Celsius' }, { unit: 'Celsius' }] }],
  },
  {
    behaviour: 13,
    what: 'a measurand of a later version',
    frame: reading('{"value":"1","measurand":"Energy.Active.Net"}'),
    read: 'kept as sent',
    rules: ['unknown-word-kept'],
    reply: {},
    effects: [{ samples: [{ measurand: 'Energy.Active.Net' }] }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 13,
    what: 'a stop reason of a later version',
    frame: stop('"transactionId":1001,"meterStop":1500,"timestamp":"2026-03-01T09:59:00Z","reason":"SOCLimitReached"'),
    read: 'read as Other',
    rules: ['unknown-word-replaced'],
    reply: {},
    effects: [{ kind: 'transactionEnded', reason: 'Other' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a reading as a number (OpenEVSE, lbbrhzn/ocpp#210)',
    frame: reading('{"value":604.213,"unit":"kWh"}'),
    read: 'read as its text',
    rules: ['number-for-text'],
    reply: {},
    effects: [{ samples: [{ value: 604_213, rawValue: '604.213' }] }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'null for a required transactionId (SteVe, JsonObjectMapper)',
    frame: stop('"transactionId":null,"meterStop":1500,"timestamp":"2026-03-01T09:59:00Z"'),
    read: 'taken for absent',
    rules: ['null-for-absent', 'field-missing', 'transaction-id-unusable'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '-1', unnamed: true }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a StopTransaction with texts for its numbers',
    frame: stop('"transactionId":"1001","meterStop":"1500","timestamp":"2026-03-01T09:59:00Z"'),
    read: 'read as numbers',
    rules: ['text-for-number'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '1001', meterStopWh: 1500 }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a register with decimals',
    frame: start('"meterStart":1500.4,"timestamp":"2026-03-01T09:59:00Z"'),
    read: 'rounded to whole Wh',
    rules: ['fractional-integer'],
    reply: started,
    effects: [{ kind: 'transactionStarted', meterStartWh: 1500 }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a StartTransaction without its register',
    frame: start('"timestamp":"2026-03-01T09:59:00Z"'),
    read: 'recorded without it',
    rules: ['field-missing'],
    reply: started,
    effects: [{ kind: 'transactionStarted', meterStartWh: undefined }],
    strict: 'OccurenceConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a StartTransaction with nothing in it',
    frame: call('StartTransaction', '{}'),
    read: 'recorded, its tag Invalid',
    rules: ['field-missing'],
    reply: { transactionId: 7, idTagInfo: { status: 'Invalid' } },
    effects: [{ kind: 'transactionStarted', evseId: 0, connectorId: 0, meterStartWh: undefined, time: { at: now } }],
    strict: 'OccurenceConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'text for a connector and no errorCode in a StatusNotification (F5)',
    frame: call('StatusNotification', '{"connectorId":"1","status":"Available"}'),
    read: 'read as NoError of that connector',
    rules: ['text-for-number', 'field-missing'],
    reply: {},
    effects: [{ kind: 'connectorStatus', connectorId: 1, errorCode: 'NoError', status: 'Available' }],
    strict: 'OccurenceConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a SIM card number of 19 digits as a number (F6)',
    frame: call('BootNotification', '{"chargePointVendor":"V","chargePointModel":"M","iccid":8931080019073497795}'),
    read: 'read as its text, all digits',
    rules: ['number-for-text'],
    reply: { status: 'Accepted', currentTime: now.toISOString(), interval: 300 },
    effects: [{ kind: 'stationBooted', iccid: '8931080019073497795' }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 14,
    what: 'a reservation that is none',
    frame: start('"meterStart":0,"timestamp":"2026-03-01T09:59:00Z","reservationId":"none"'),
    read: 'dropped, and the transaction is recorded',
    rules: ['field-senseless'],
    reply: started,
    effects: [{ kind: 'transactionStarted', reservationId: undefined }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'an object for the list of readings (Huawei, lbbrhzn/ocpp#1144)',
    frame: call(
      'MeterValues',
      '{"connectorId":1,"meterValue":{"timestamp":"2026-03-01T09:59:00Z","sampledValue":[{"value":"1"}]}}',
    ),
    read: 'taken for a list of one',
    rules: ['object-for-array'],
    reply: {},
    effects: [{ kind: 'meterValues', samples: [{ value: 1 }] }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'an empty list of readings (Vestel EVC04, lbbrhzn/ocpp#466)',
    frame: reading(''),
    read: 'accepted, and nothing is stored',
    rules: ['empty-readings'],
    reply: {},
    effects: [],
  },
  {
    behaviour: 15,
    what: 'an item that is no reading among the readings',
    frame: reading('{"value":"1"},{"unit":"Wh"},null'),
    read: 'left out, and the others are stored',
    rules: ['list-item-odd'],
    reply: {},
    effects: [{ kind: 'meterValues', samples: [{ value: 1 }] }],
    strict: 'OccurenceConstraintViolation',
  },
  {
    behaviour: 15,
    what: 'readings in the shape of OCPP 1.5 (F13)',
    frame: call(
      'MeterValues',
      '{"connectorId":1,"values":[{"timestamp":"2026-03-01T09:59:00Z","value":[{"value":"1501","unit":"Wh"}]}]}',
    ),
    read: 'stored as samples',
    rules: ['other-shape'],
    reply: {},
    effects: [{ kind: 'meterValues', samples: [{ value: 1501, unit: 'Wh' }] }],
    strict: 'OccurenceConstraintViolation',
  },
  {
    behaviour: 16,
    what: 'an empty reading (SteVe#249)',
    frame: reading('{"value":""}'),
    read: 'kept as sent, without a value',
    rules: ['reading-not-numeric'],
    reply: {},
    effects: [{ samples: [{ rawValue: '' }] }],
  },
  {
    behaviour: 16,
    what: 'signed data in a value (SteVe#816)',
    frame: reading('{"value":"OCMF|{\\"FV\\":\\"1.0\\"}|{\\"SD\\":\\"3045\\"}"}'),
    read: 'kept as sent, without a value',
    rules: ['reading-not-numeric'],
    reply: {},
    effects: [{ samples: [{ rawValue: 'OCMF|{"FV":"1.0"}|{"SD":"3045"}' }] }],
  },
  {
    behaviour: 3,
    what: 'a comma before the first reading (ZJ BENY, lbbrhzn/ocpp#1078)',
    frame: reading(',{"value":"139954"},{"value":"0","measurand":"Power.Active.Import"},'),
    read: 'read without it',
    rules: ['json-comma-stray'],
    reply: {},
    effects: [{ samples: [{ value: 139954 }, { value: 0 }] }],
    strict: 'FormationViolation',
  },
  {
    behaviour: 3,
    what: 'a stop with commas for fields that are not there',
    frame: stop('"transactionId":7,,"meterStop":100,"timestamp":"2026-03-01T09:59:00Z",'),
    read: 'read without them',
    rules: ['json-comma-stray'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '7', meterStopWh: 100 }],
    strict: 'FormationViolation',
  },
  {
    behaviour: 13,
    what: 'an action in another letter case',
    frame: call('stopTransaction ', '{"transactionId":7,"meterStop":100,"timestamp":"2026-03-01T09:59:00Z"}'),
    read: 'read as that action',
    rules: ['enum-letter-case'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '7', meterStopWh: 100 }],
    strict: 'NotImplemented',
  },
  {
    behaviour: 15,
    what: 'a message that is written into a text',
    frame: call(
      'StopTransaction',
      JSON.stringify('{"transactionId":7,"meterStop":100,"timestamp":"2026-03-01T09:59:00Z"}'),
    ),
    read: 'read as the message',
    rules: ['other-shape'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '7', meterStopWh: 100 }],
    strict: 'FormationViolation',
  },
  {
    behaviour: 15,
    what: 'a message in a list of one',
    frame: call('StopTransaction', '[{"transactionId":7,"meterStop":100,"timestamp":"2026-03-01T09:59:00Z"}]'),
    read: 'read as the message',
    rules: ['object-for-array'],
    reply: {},
    effects: [{ kind: 'transactionEnded', transactionId: '7', meterStopWh: 100 }],
    strict: 'FormationViolation',
  },
  {
    behaviour: 15,
    what: 'a list for a message without fields, as PHP writes it',
    frame: call('Heartbeat', '[]'),
    read: 'read as {}',
    rules: ['list-length'],
    reply: { currentTime: now.toISOString() },
    effects: [],
    strict: 'FormationViolation',
  },
  {
    behaviour: 15,
    what: 'readings in a list in the list',
    frame: reading('[{"value":"7"},{"value":"0","measurand":"Power.Active.Import"}]'),
    read: 'read as the list',
    rules: ['object-for-array'],
    reply: {},
    effects: [{ samples: [{ value: 7 }, { value: 0 }] }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 16,
    what: 'numbers as C prints them, and with a plus or leading zeros',
    frame: reading('{"value":nan},{"value":-inf},{"value":007},{"value":+1.5}'),
    read: 'read as these texts',
    rules: ['json-number-invalid', 'reading-not-numeric'],
    reply: {},
    effects: [{ samples: [{ rawValue: 'nan' }, { rawValue: '-inf' }, { value: 7 }, { value: 1.5 }] }],
    strict: 'FormationViolation',
  },
  {
    behaviour: 18,
    what: 'values that end in an escaped NUL',
    frame: call(
      'StatusNotification',
      '{"connectorId":"1\\u0000","errorCode":"NoError\\u0000","status":"Available","timestamp":"2026-03-01T09:59:00Z\\u0000"}',
    ),
    read: 'read without it',
    rules: ['text-for-number', 'enum-letter-case', 'timestamp-other-format'],
    reply: {},
    effects: [{ evseId: 1, errorCode: 'NoError', time: { at: new Date('2026-03-01T09:59:00Z') } }],
    strict: 'TypeConstraintViolation',
  },
  {
    behaviour: 16,
    what: 'a bare NaN',
    frame: reading('{"value":NaN},{"value":-Infinity},{"value":"7"}'),
    read: 'read as that text, and the other readings are kept',
    rules: ['json-number-invalid', 'reading-not-numeric'],
    reply: {},
    effects: [{ samples: [{ rawValue: 'NaN' }, { rawValue: '-Infinity' }, { rawValue: '7', value: 7 }] }],
    strict: 'FormationViolation',
  },
  {
    behaviour: 17,
    what: 'an info of 78 characters (lbbrhzn/ocpp#987)',
    frame: status(`"errorCode":"NoError","status":"Available","info":"${'i'.repeat(78)}"`),
    read: 'cut to 50',
    rules: ['over-long-text'],
    reply: {},
    effects: [{ info: 'i'.repeat(50) }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 17,
    what: 'a serial number of 26 characters (mobilityhouse/ocpp#129)',
    frame: call(
      'BootNotification',
      '{"chargePointVendor":"V","chargePointModel":"M","chargePointSerialNumber":"ABCDEFGHIJKLMNOPQRSTUVWXYZ"}',
    ),
    read: 'cut to 25',
    rules: ['over-long-text'],
    reply: { status: 'Accepted', currentTime: now.toISOString(), interval: 300 },
    effects: [{ serialNumber: 'ABCDEFGHIJKLMNOPQRSTUVWXY' }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 17,
    what: 'an idTag of 36 characters in a StartTransaction',
    frame: call(
      'StartTransaction',
      '{"connectorId":1,"idTag":"c5b27c3e-1e0c-4b39-9f6e-8b1f4f7a2f10","meterStart":0,"timestamp":"2026-03-01T09:59:00Z"}',
    ),
    read: 'answered Invalid, and the transaction is recorded',
    rules: ['over-long-identifier'],
    reply: { transactionId: 7, idTagInfo: { status: 'Invalid' } },
    effects: [{ kind: 'transactionStarted', idToken: { idToken: 'c5b27c3e-1e0c-4b39-9f6e-8b1f4f7a2f10' } }],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 17,
    what: 'a tag of 21 characters in an Authorize (F12)',
    frame: call('Authorize', '{"idTag":"123456789012345678901"}'),
    read: 'answered Invalid: a refusal is a status',
    rules: ['over-long-identifier'],
    reply: { idTagInfo: { status: 'Invalid' } },
    effects: [],
    strict: 'PropertyConstraintViolation',
  },
  {
    behaviour: 18,
    what: 'null for a payload (SteVe#1109)',
    frame: call('Heartbeat', 'null'),
    read: 'read as {}',
    rules: ['null-payload'],
    reply: { currentTime: now.toISOString() },
    effects: [],
  },
  {
    behaviour: 18,
    what: 'an empty frame (SteVe#66)',
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
    what: 'a NUL behind the frame, and what was left in the buffer (F1)',
    frame: `${stop('"transactionId":1001,"meterStop":1500,"timestamp":"2026-03-01T09:59:00Z"')}\0"}]`,
    read: 'read up to it',
    rules: ['control-character'],
    reply: {},
    effects: [{ kind: 'transactionEnded', meterStopWh: 1500 }],
    strict: 'FormationViolation',
  },
  {
    behaviour: 18,
    what: 'a line break within a text (F1)',
    frame: status('"errorCode":"NoError","status":"Available","info":"a\nb"'),
    read: 'read as if it were escaped',
    rules: ['control-character'],
    reply: {},
    effects: [{ info: 'a\nb' }],
    strict: 'FormationViolation',
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
    strict: 'FormationViolation',
  },
  {
    behaviour: 18,
    what: 'a message id that is a number, and a message type that is a text (F2)',
    frame: '["2",19223201,"Heartbeat",{}]',
    read: 'echoed as sent',
    rules: ['frame-head-odd'],
    id: 19223201,
    reply: { currentTime: now.toISOString() },
    effects: [],
    strict: 'FormationViolation',
  },
  {
    behaviour: 18,
    what: 'a field of no specification',
    frame: call('Heartbeat', '{"vendorUptime":4711}'),
    read: 'ignored',
    rules: ['unknown-property'],
    reply: { currentTime: now.toISOString() },
    effects: [],
    strict: 'FormationViolation',
  },
  {
    behaviour: 18,
    what: 'reservationId 0 for no reservation (Growatt, evcc#10399)',
    frame: start('"meterStart":0,"timestamp":"2026-03-01T09:59:00Z","reservationId":0'),
    read: 'taken for none',
    rules: ['reservation-id-zero'],
    reply: started,
    effects: [{ kind: 'transactionStarted', reservationId: undefined }],
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

async function receive(
  { frame, facts, registration = 'Accepted' }: Behaviour,
  tolerance: StationState['tolerance'],
): Promise<Received> {
  const known: Required<Facts> = { ...FACTS, ...facts };
  const ports: PipelinePorts = {
    resolve: async (name) => known[name as Asked] as never,
    commit: async () => ({ noted: [], after: [] }),
  };
  const parsed = parseFrame(frame, ocpp16.dialect, tolerance);
  const rules = parsed.noted ?? [];
  if (parsed.kind === 'fault') return { rules, answer: parsed.reply && JSON.parse(parsed.reply), effects: [] };
  if (parsed.kind !== 'call') return { rules, answer: null, effects: [] };
  const station = { cpId: 'CP-1', registration, tolerance, asked: new Set<string>() };
  const handled = await handleCall(ocpp16, ports, station, parsed, now);
  return { rules: [...rules, ...handled.deviations], answer: JSON.parse(handled.frame), effects: handled.effects };
}

describe('lenient', () => {
  it.each(BEHAVIOURS)('field behaviour $behaviour: $what is $read (lenient)', async (found) => {
    const { rules, answer, effects } = await receive(found, 'lenient');
    const refused = found.reply === null && found.strict !== undefined;
    expect(rules).toEqual(found.rules);
    if (refused) expect(answer).toMatchObject([4, '19223201', found.strict, expect.any(String), {}]);
    else expect(answer).toEqual(found.reply && [3, found.id ?? '19223201', found.reply]);
    expect(effects).toMatchObject(found.effects);
    expect(effects).toHaveLength(found.effects.length);
    for (const field of found.absent ?? []) for (const effect of effects) expect(effect).not.toHaveProperty(field);
  });
});

describe('strict', () => {
  const refused = BEHAVIOURS.filter(({ strict }) => strict !== undefined);
  const same = BEHAVIOURS.filter(({ strict }) => strict === undefined);

  it.each(refused)('field behaviour $behaviour: $what is refused with $strict (strict)', async (found) => {
    const { rules, answer, effects } = await receive(found, 'strict');
    expect(answer).toMatchObject([4, String(found.id ?? '19223201'), found.strict, expect.any(String), {}]);
    expect({ rules, effects }).toEqual({ rules: [], effects: [] });
  });

  it.each(same)('field behaviour $behaviour: $what is $read (strict)', async (found) => {
    expect(await receive(found, 'strict')).toEqual(await receive(found, 'lenient'));
  });
});

describe('the catalogue', () => {
  it('has no rule for messages of 1.6 without a frame here', () => {
    const rules: readonly FieldRule[] = FIELD_RULES;
    const ofMessages = rules.filter(
      ({ where, version }) => ['frame', 'schema', 'message'].includes(where) && version !== '2.0.1',
    );
    // What 1.6 has in answers alone is met in deviations.spec.ts.
    const met = new Set<string>(['value-for-boolean', 'list-length', ...BEHAVIOURS.flatMap((found) => found.rules)]);
    expect(ofMessages.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([]);
  });
});
