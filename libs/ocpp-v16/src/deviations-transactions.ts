import type { DeviationRule } from '@ocpp-gw/ocpp-j';

/*
 * StartTransaction, StopTransaction and MeterValues cannot be refused without losing a bill (notes 2.10): whatever is
 * wrong in them, something is recorded. The more exact rule first.
 */

const NUMBER = /^\s*[+-]?\d+(\.\d+)?\s*$/;

/** "1500" for 1500 (notes 4.14). */
const numberAsText: DeviationRule = {
  id: 'number-as-text',
  keyword: 'type',
  fields: ['connectorId', 'meterStart', 'meterStop', 'transactionId', 'reservationId'],
  repair: (value) => (typeof value === 'string' && NUMBER.test(value) ? { become: Number(value) } : undefined),
};

/** Registers are whole Wh; some meters know more (notes 4.14). */
const fractionalInteger: DeviationRule = {
  id: 'fractional-integer',
  keyword: 'type',
  fields: ['meterStart', 'meterStop'],
  repair: (value) => (Number.isFinite(value) ? { become: Math.round(value as number) } : undefined),
};

/** A stop that names no transaction still bills one: -1 is what the errata gives a charger that never got the id (3.18). */
const missingTransactionId: DeviationRule = {
  id: 'missing-transaction-id',
  keyword: 'required',
  fields: ['transactionId'],
  repair: (value) => (value === undefined ? { become: -1 } : undefined),
};

/** No card has such a tag, and nobody is asked about it: delivered as sent, answered Invalid (notes 4.17). */
const overLongIdTag: DeviationRule = {
  id: 'over-long-id-tag',
  keyword: 'maxLength',
  fields: ['idTag'],
  repair: (value, { params }) =>
    typeof value === 'string' && [...value].length > Number(params['limit']) ? { tolerate: true, asIf: '' } : undefined,
};

/** A list of readings that is not there is an empty one (notes 4.15). */
const missingReadings: DeviationRule = {
  id: 'empty-readings',
  keyword: 'required',
  fields: ['meterValue', 'sampledValue'],
  repair: (value) => (value === undefined ? { become: [] } : undefined),
};

/** What handlers take for "not told": no register is negative, and no tag is empty. */
const NOT_TOLD: Readonly<Record<string, unknown>> = {
  connectorId: 0,
  idTag: '',
  meterStart: -1,
  meterStop: -1,
  timestamp: '',
  value: '',
};

const missingField: DeviationRule = {
  id: 'transaction-field-missing',
  keyword: 'required',
  fields: Object.keys(NOT_TOLD),
  repair: (value, { params }) =>
    value === undefined ? { become: NOT_TOLD[String(params['missingProperty'])] } : undefined,
};

/** What makes no sense is as good as missing. An item of a list stays, as an empty one. */
const senselessField: DeviationRule = {
  id: 'transaction-field-missing',
  keyword: 'type',
  repair(value, { params }) {
    switch (params['type']) {
      case 'array':
        return Array.isArray(value) ? undefined : { become: [] };
      case 'object':
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : { become: {} };
      case 'integer':
        return Number.isInteger(value) ? undefined : 'drop';
      default:
        return typeof value === params['type'] ? undefined : 'drop';
    }
  },
};

export const transactionDeviations: readonly DeviationRule[] = [
  numberAsText,
  fractionalInteger,
  overLongIdTag,
  missingTransactionId,
  missingReadings,
  missingField,
  senselessField,
];
