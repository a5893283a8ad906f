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

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** 1.6 firmware grown into 2.0.1 sends readings as text, which they are in 1.6 (notes 4.14); one that is no number is kept so (4.16). */
const sampledValueText: DeviationRule = {
  id: 'sampled-value-text',
  keyword: 'type',
  fields: ['sampledValue.value'],
  repair(value) {
    if (typeof value !== 'string') return undefined;
    const isNumber = DECIMAL.test(value.trim()) && Number.isFinite(Number(value));
    return isNumber ? { become: Number(value) } : { tolerate: true, asIf: 0 };
  },
};

/** No reading at all: accepted, and nothing is stored (notes 4.15). */
function emptyReadings(field: string, asIf: unknown): DeviationRule {
  return {
    id: 'empty-readings',
    keyword: 'minItems',
    fields: [field],
    repair: (value) => (Array.isArray(value) && value.length === 0 ? { tolerate: true, asIf } : undefined),
  };
}

/** The last part of a report may have nothing left to say; `[]` for an absent list is against 2.x (notes 2.1, 4.15). */
const emptyReport: DeviationRule = {
  id: 'empty-report',
  keyword: 'minItems',
  fields: ['reportData', 'monitor', 'messageInfo'],
  repair: (value) => (Array.isArray(value) && value.length === 0 ? 'drop' : undefined),
};

const NO_READINGS = [{ value: 0 }];

/** What `lenient` accepts, in the order in which it is tried: the more exact rule first. */
export const deviations: readonly DeviationRule[] = [
  timestampWithoutOffset,
  timestampUnreadable,
  nullForAbsent,
  sampledValueText,
  objectForArray(['meterValue', 'sampledValue']),
  emptyReadings('sampledValue', NO_READINGS),
  emptyReadings('meterValue', [{ timestamp: '2000-01-01T00:00:00Z', sampledValue: NO_READINGS }]),
  emptyReport,
  overLongText([
    'actualValue',
    'attributeValue',
    'chargingStation.firmwareVersion',
    'chargingStation.model',
    'chargingStation.serialNumber',
    'chargingStation.vendorName',
    'data',
    'modem.iccid',
    'modem.imsi',
    'message.content',
    'salesTariff.salesTariffDescription',
    'statusInfo.additionalInfo',
    'statusInfo.reasonCode',
    'techCode',
    'techInfo',
    'unitOfMeasure.unit',
    'variableAttribute.value',
    'variableCharacteristics.unit',
    'variableCharacteristics.valuesList',
  ]),
  letterCase,
  unknownValueBecomes('unknown-boot-reason', 'reason', 'Unknown'),
  unknownValueBecomes('unknown-stop-reason', 'stoppedReason', 'Other'),
  unknownValueKept('unknown-trigger-reason', ['triggerReason']),
  unknownValueKept('unknown-charging-state', ['chargingState']),
  unknownValueKept('unknown-sample-attribute', [
    'sampledValue.context',
    'sampledValue.location',
    'sampledValue.measurand',
    'sampledValue.phase',
  ]),
  unknownProperty,
];
