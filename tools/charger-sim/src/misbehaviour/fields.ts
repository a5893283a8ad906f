import type { Payload } from '../message.ts';
import type { Misbehaviour } from './misbehaviour.ts';

type Rewrite = NonNullable<Misbehaviour['payload']>;

const field = (name: string, does: string, payload: Rewrite, more: Partial<Misbehaviour> = {}): Misbehaviour => ({
  name,
  kind: 'field',
  does,
  payload,
  ...more,
});

/** Every value of a payload, however deep, that is neither an object nor a list. */
function eachValue(payload: Payload, replace: (value: unknown, name: string) => unknown): Payload {
  const walk = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, name));
    if (value !== null && typeof value === 'object') return eachValue(value as Payload, replace);
    return replace(value, name);
  };
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, walk(value, name)]));
}

const TIMES = new Set(['timestamp', 'startTime', 'retrieveDate']);

const times = (name: string, does: string, write: (time: Date) => unknown): Misbehaviour =>
  field(name, does, (payload) =>
    eachValue(payload, (value, key) => (TIMES.has(key) ? write(new Date(String(value))) : value)),
  );

const STRAY_FIELDS = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`x-vendor-${index}`, index]));

/** Optional fields that a charger might write as null, by action. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  BootNotification: ['iccid', 'imsi', 'meterSerialNumber'],
  StatusNotification: ['info', 'vendorId', 'vendorErrorCode'],
  StartTransaction: ['reservationId'],
  MeterValues: ['transactionId'],
  StopTransaction: ['idTag', 'reason', 'transactionData'],
  TransactionEvent: ['idToken', 'evse', 'meterValue', 'reservationId', 'cableMaxCurrent', 'numberOfPhasesUsed'],
};

/** Texts that describe and decide nothing, by action. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  BootNotification: ['firmwareVersion', 'chargePointSerialNumber'],
  StatusNotification: ['info', 'vendorErrorCode'],
  SecurityEventNotification: ['techInfo'],
};

/** Enumerations that a transaction can do without. */
const WORDS: Readonly<Record<string, string>> = {
  reason: 'CableRemovedByDriver',
  triggerReason: 'SomethingHappened',
  stoppedReason: 'CableRemovedByDriver',
  chargingState: 'AlmostCharging',
};

/** Descriptive fields that the schema wants, by action. */
const DISPENSABLE: Readonly<Record<string, readonly string[]>> = {
  BootNotification: ['chargePointModel', 'reason'],
  StatusNotification: ['errorCode', 'timestamp'],
  TransactionEvent: ['triggerReason'],
};

/** Values and fields that the schema does not have so. */
export const fields: readonly Misbehaviour[] = [
  field('numbers-as-text', 'Every number is written as text.', (payload) =>
    eachValue(payload, (value) => (typeof value === 'number' ? String(value) : value)),
  ),
  field('text-as-numbers', 'Text of digits is written as a number.', (payload) =>
    eachValue(payload, (value, name) =>
      name !== 'transactionId' && typeof value === 'string' && /^(0|[1-9]\d{0,14})(\.\d+)?$/.test(value)
        ? Number(value)
        : value,
    ),
  ),
  field('booleans-as-numbers', 'True and false are written as 1 and 0.', (payload) =>
    eachValue(payload, (value) => (typeof value === 'boolean' ? Number(value) : value)),
  ),
  field('unknown-fields', 'Every message has 80 fields that the schema does not know.', (payload) => ({
    ...STRAY_FIELDS,
    ...payload,
  })),
  field('null-fields', 'Optional fields without a value are null.', (payload, { action }) => ({
    ...Object.fromEntries((OPTIONAL[action] ?? []).map((name) => [name, null])),
    ...payload,
  })),
  field('long-texts', 'Descriptive texts are longer than the schema allows.', (payload, { action }) => ({
    ...payload,
    ...Object.fromEntries((TEXTS[action] ?? []).map((name) => [name, 'long '.repeat(100)])),
  })),
  field('odd-enums', 'Reasons and charging states are words that no version has.', (payload) =>
    eachValue(payload, (value, name) => (typeof value === 'string' ? (WORDS[name] ?? value) : value)),
  ),
  field('missing-fields', 'Descriptive fields that the schema wants are left out.', (payload, { action }) => {
    const left = new Set(DISPENSABLE[action] ?? []);
    return Object.fromEntries(Object.entries(payload).filter(([name]) => !left.has(name)));
  }),
  field(
    'bare-custom-data',
    'A customData comes without its vendorId.',
    (payload) => ({ ...payload, customData: { note: 'hello' } }),
    { version: '2.0.1' },
  ),
  times('compact-times', 'Times are written in the basic form of ISO 8601.', (time) =>
    time.toISOString().replace(/[-:]|\.\d+/g, ''),
  ),
  times('unix-times', 'Times are numbers of seconds since 1970, as text.', (time) =>
    String(Math.floor(time.getTime() / 1000)),
  ),
  times('times-without-offset', 'Times have no offset.', (time) => time.toISOString().replace('Z', '')),
];
