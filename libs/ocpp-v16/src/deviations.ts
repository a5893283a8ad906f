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
import { transactionDeviations } from './deviations-transactions.ts';
import type { Action } from './directions.ts';

/** OpenEVSE and others send readings as JSON numbers (notes 4.14). */
const sampledValueNumber: DeviationRule = {
  id: 'sampled-value-number',
  keyword: 'type',
  fields: ['sampledValue.value'],
  repair: (value) => (typeof value === 'number' ? { become: String(value) } : undefined),
};

/**
 * Of every message, in the order in which they are tried: the more exact rule first. An unusable transactionId passes its
 * schema (see actions/transaction-id.ts).
 */
const ofAll: readonly DeviationRule[] = [
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
  unknownProperty,
];

const ofTransactions: readonly DeviationRule[] = [...ofAll, ...transactionDeviations];

/** Fields of one name are not alike in all messages: `status` is stored and shown here, and decides something elsewhere. */
const OF_ACTION: Partial<Record<Action, readonly DeviationRule[]>> = {
  MeterValues: ofTransactions,
  StartTransaction: ofTransactions,
  StatusNotification: [...ofAll, unknownValueKept('unknown-status', ['status'])],
  StopTransaction: ofTransactions,
};

/** What `lenient` accepts in requests and answers of `action`. */
export function deviationsOf(action: Action): readonly DeviationRule[] {
  return OF_ACTION[action] ?? ofAll;
}
