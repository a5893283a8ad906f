import {
  type DeviationRule,
  letterCase,
  nullForAbsent,
  objectForArray,
  overLongText,
  timestampUnreadable,
  timestampWithoutOffset,
  unknownProperty,
  unknownValueBecomes,
  unknownValueKept,
} from '@ocpp-gw/ocpp-j';

/** OpenEVSE and others send readings as JSON numbers (notes 4.14). */
const sampledValueNumber: DeviationRule = {
  id: 'sampled-value-number',
  keyword: 'type',
  fields: ['sampledValue.value'],
  repair: (value) => (typeof value === 'number' ? { become: String(value) } : undefined),
};

/** A stop that names no transaction still bills one: -1 is what the errata gives a charger that never got the id (3.18). */
const missingTransactionId: DeviationRule = {
  id: 'missing-transaction-id',
  keyword: 'required',
  fields: ['transactionId'],
  repair: (value) => (value === undefined ? { become: -1 } : undefined),
};

/**
 * What `lenient` accepts, in the order in which it is tried: the more exact rule first. An empty meterValue or
 * sampledValue is no deviation in 1.6, and an unusable transactionId passes its schema (see actions/transaction-id.ts).
 */
export const deviations: readonly DeviationRule[] = [
  timestampWithoutOffset,
  timestampUnreadable,
  nullForAbsent,
  sampledValueNumber,
  objectForArray(['meterValue', 'sampledValue', 'transactionData']),
  overLongText([
    'info',
    'vendorId',
    'vendorErrorCode',
    'chargePointVendor',
    'chargePointModel',
    'chargePointSerialNumber',
    'chargeBoxSerialNumber',
    'firmwareVersion',
    'iccid',
    'imsi',
    'meterType',
    'meterSerialNumber',
    // GetConfiguration's answers exceed 500 characters in the field; they are shown, not interpreted.
    'configurationKey.value',
  ]),
  letterCase,
  unknownValueBecomes('unknown-error-code', 'errorCode', 'OtherError', (sent) => ({
    vendorErrorCode: [...sent].slice(0, 50).join(''),
  })),
  unknownValueBecomes('unknown-stop-reason', 'reason', 'Other'),
  unknownValueKept('unknown-unit', ['sampledValue.unit']),
  unknownValueKept('unknown-sample-attribute', [
    'sampledValue.context',
    'sampledValue.format',
    'sampledValue.location',
    'sampledValue.measurand',
    'sampledValue.phase',
  ]),
  missingTransactionId,
  unknownProperty,
];
