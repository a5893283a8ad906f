import {
  type Moved,
  type RawFields,
  has,
  isRecord,
  listOf,
  movedField,
  movedGroups,
  movedSamples,
  numberOf,
  textOf,
  together,
} from '@ocpp-gw/ocpp-j';

/* What chargers of 1.6 send in the shapes of 1.5 and 2.0.1 (notes 4.15). */

/** Moves an id tag that is named and wrapped as in 2.0.1. */
function movedTag(raw: RawFields): Moved | undefined {
  const from = ['idTag', 'idToken'].find((name) => has(raw, name));
  if (from === undefined || (from === 'idTag' && !isRecord(raw[from]))) return undefined;
  const token = raw[from];
  const tag = isRecord(token) ? ['idToken', 'idTag'].map((name) => token[name]).find(textOf) : token;
  return textOf(tag) === undefined ? undefined : { fields: { idTag: tag }, from: [from] };
}

/** 2.0.1 has EVSEs; here connector N is EVSE N (docs/adr/0004). */
function movedConnector(raw: RawFields): Moved | undefined {
  const { evse } = raw;
  if (isRecord(evse) && !has(raw, 'connectorId')) return { fields: { connectorId: evse['id'] }, from: ['evse'] };
  return movedField(raw, 'connectorId', ['evseId', 'evse']);
}

function movedStatus(raw: RawFields): Moved | undefined {
  const status = movedField(raw, 'status', ['connectorStatus']);
  // Only in a whole message of 2.0.1, where connectorId counts the connectors of an EVSE.
  const evse = status && has(raw, 'evseId') ? { fields: { connectorId: raw['evseId'] }, from: ['evseId'] } : undefined;
  return together(status, evse ?? movedConnector(raw));
}

function movedBoot(raw: RawFields): Moved | undefined {
  const { chargingStation: station } = raw;
  if (!isRecord(station) || has(raw, 'chargePointModel')) return undefined;
  const modem = isRecord(station['modem']) ? station['modem'] : {};
  const fields = {
    chargePointVendor: station['vendorName'],
    chargePointModel: station['model'],
    chargePointSerialNumber: station['serialNumber'],
    firmwareVersion: station['firmwareVersion'],
    iccid: modem['iccid'],
    imsi: modem['imsi'],
  };
  return { fields, from: ['chargingStation', 'reason'] };
}

/** 2.0.1 puts signed data beside the value. In 1.6 it is a second sample. */
function movedSigned(group: RawFields): Moved | undefined {
  const samples = has(group, 'sampledValue') ? listOf(group['sampledValue']) : [];
  if (!samples.some((sample) => isRecord(sample) && isRecord(sample['signedMeterValue']))) return undefined;
  const raw = samples.flatMap((sample) => {
    if (!isRecord(sample) || !isRecord(sample['signedMeterValue'])) return [sample];
    const { signedMeterValue, ...plain } = sample;
    const signed = { ...plain, value: signedMeterValue, format: 'SignedData' };
    return has(plain, 'value') ? [plain, signed] : [signed];
  });
  return { fields: { sampledValue: raw }, from: [] };
}

const DECIMAL = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+))?$/;

/** Moves the unit and the power of ten of 2.0.1. The power goes into the value, because 1.6 has no field for it. */
function movedUnit(sample: RawFields): Moved | undefined {
  const { unitOfMeasure: measure } = sample;
  const unit = isRecord(measure) ? measure['unit'] : measure;
  const power = scaleOf(
    has(sample, 'multiplier') ? sample['multiplier'] : isRecord(measure) ? (measure['multiplier'] ?? 0) : 0,
  );
  const [, digits, exponent = '0'] = DECIMAL.exec(textOf(sample['value'])?.trim() ?? '') ?? [];
  const scaled = Number.isInteger(power) && power !== 0 && digits !== undefined;
  return together(
    has(sample, 'unit') || textOf(unit) === undefined ? undefined : { fields: { unit }, from: ['unitOfMeasure'] },
    // The multiplier is unknown, so the value is unknown, too.
    Number.isNaN(power) ? { fields: { value: null }, from: ['multiplier'] } : undefined,
    scaled
      ? { fields: { value: `${digits}e${Number(exponent) + power}` }, from: ['multiplier', 'unitOfMeasure'] }
      : undefined,
  );
}

function scaleOf(raw: unknown): number {
  const power = numberOf(raw) ?? Number(textOf(raw)?.trim() || NaN);
  return Number.isInteger(power) ? power : NaN;
}

/** The moves by the name of the object. */
export const moves: Readonly<Record<string, (raw: RawFields) => Moved | undefined>> = {
  AuthorizeRequest: movedTag,
  BootNotificationRequest: movedBoot,
  MeterValuesRequest: (raw) => together(movedConnector(raw), movedGroups(raw, 'meterValue')),
  StartTransactionRequest: (raw) => together(movedTag(raw), movedConnector(raw)),
  StatusNotificationRequest: movedStatus,
  StopTransactionRequest: (raw) =>
    together(movedTag(raw), movedGroups(raw, 'transactionData'), movedField(raw, 'reason', ['stoppedReason'])),
  meterValue: (group) => movedSamples(group) ?? movedSigned(group),
  transactionData: (group) => movedSamples(group) ?? movedSigned(group),
  sampledValue: movedUnit,
};
