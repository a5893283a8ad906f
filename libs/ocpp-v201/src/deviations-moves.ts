import {
  type Moved,
  type RawFields,
  has,
  isRecord,
  movedField,
  movedGroups,
  movedSamples,
  textOf,
  together,
} from '@ocpp-gw/ocpp-j';
import { VENDOR, VERSION_16_STATUSES } from './version-16-status.ts';

/* What stations of 2.0.1 send in the shapes of 1.5 and 1.6, and fields in another place (notes 4.15). */

/** Fields that this version does not have go into customData, where vendors put their own. */
function beside(raw: RawFields, more: RawFields): RawFields | undefined {
  const kept = Object.entries(more).filter(([, value]) => value !== undefined);
  if (kept.length === 0) return undefined;
  const own = isRecord(raw['customData']) ? raw['customData'] : {};
  return { customData: { ...own, ...Object.fromEntries(kept), vendorId: VENDOR } };
}

/** 1.6 has connectors only: connector N is EVSE N (docs/adr/0004). */
function movedEvse(raw: RawFields): Moved | undefined {
  if (has(raw, 'evseId')) return undefined;
  const { evse } = raw;
  if (isRecord(evse)) return { fields: { evseId: evse['id'], connectorId: evse['connectorId'] }, from: ['evse'] };
  if (has(raw, 'evse')) return { fields: { evseId: evse }, from: ['evse'] };
  return has(raw, 'connectorId') ? { fields: { evseId: raw['connectorId'] }, from: ['connectorId'] } : undefined;
}

/** Moves `{"connectorId":1,"errorCode":"NoError","status":"Available"}`, and statuses that only 1.6 has. */
function movedStatus(raw: RawFields): Moved | undefined {
  const status = movedField(raw, 'connectorStatus', ['status']);
  const word = raw['connectorStatus'] ?? raw['status'];
  const meant = typeof word === 'string' ? VERSION_16_STATUSES.get(word.toLowerCase()) : undefined;
  const { errorCode, info, vendorId, vendorErrorCode } = raw;
  const from = ['errorCode', 'info', 'vendorId', 'vendorErrorCode'].filter((name) => has(raw, name));
  const kept = {
    ...(meant && { status: word }),
    ...(status && { errorCode, info, reportedBy: vendorId, vendorErrorCode }),
  };
  return together(
    status,
    movedEvse(raw),
    meant === undefined ? undefined : { fields: { connectorStatus: meant }, from: [] },
    meant || (status && from.length > 0) ? { fields: { ...beside(raw, kept) }, from } : undefined,
  );
}

function movedBoot(raw: RawFields): Moved | undefined {
  if (has(raw, 'chargingStation')) return undefined;
  const { chargePointVendor: vendorName, chargePointModel: model, firmwareVersion, iccid, imsi } = raw;
  if (vendorName === undefined && model === undefined) return undefined;
  const serialNumber = raw['chargePointSerialNumber'] ?? raw['chargeBoxSerialNumber'];
  const modem = has(raw, 'iccid') || has(raw, 'imsi') ? { modem: { iccid, imsi } } : {};
  const from = ['chargePointVendor', 'chargePointModel', 'chargePointSerialNumber', 'chargeBoxSerialNumber'];
  return {
    fields: { chargingStation: { vendorName, model, serialNumber, firmwareVersion, ...modem } },
    from: [...from, 'firmwareVersion', 'iccid', 'imsi'],
  };
}

/** An empty token belongs to nobody, so it is refused by a status. */
function movedToken(raw: RawFields): Moved | undefined {
  const moved = movedField(raw, 'idToken', ['idTag']);
  const token = raw['idToken'] ?? raw['idTag'];
  return token === '' ? { fields: { idToken: { idToken: '', type: '' } }, from: ['idTag'] } : moved;
}

const OF_TRANSACTION = ['transactionId', 'chargingState', 'stoppedReason', 'remoteStartId', 'timeSpentCharging'];

/** Moves fields that stand beside transactionInfo into it. */
function movedInfo(raw: RawFields): Moved | undefined {
  const info = raw['transactionInfo'];
  const own = isRecord(info) ? info : has(raw, 'transactionInfo') ? { transactionId: info } : {};
  const { reason } = raw;
  const reasonBeside = has(raw, 'reason') && !has(raw, 'stoppedReason') && !has(own, 'stoppedReason');
  const beside = OF_TRANSACTION.filter((name) => has(raw, name) && !has(own, name));
  if (beside.length === 0 && !reasonBeside) return undefined;
  const fields = Object.fromEntries(beside.map((name) => [name, raw[name]]));
  const stoppedReason = reasonBeside ? { stoppedReason: reason } : {};
  return { fields: { transactionInfo: { ...own, ...fields, ...stoppedReason } }, from: [...beside, 'reason'] };
}

/** Moves the place of a transaction that stands outside of `evse`. */
function movedPlace(raw: RawFields): Moved | undefined {
  const { evse, connectorId } = raw;
  if (isRecord(evse)) {
    if (!has(raw, 'connectorId') || has(evse, 'connectorId')) return undefined;
    return { fields: { evse: { ...evse, connectorId } }, from: ['connectorId'] };
  }
  const id = has(raw, 'evse') ? evse : (raw['evseId'] ?? connectorId);
  if (id === undefined || id === null || (has(raw, 'evse') && !has(raw, 'connectorId'))) return undefined;
  return { fields: { evse: { id, connectorId: connectorId ?? undefined } }, from: ['evseId', 'connectorId'] };
}

/** Moves the registers of 1.6, in whole Wh, which are readings in 2.0.1. */
function movedRegisters(raw: RawFields, groups: Moved | undefined): Moved | undefined {
  const registers = [
    ['meterStart', 'Transaction.Begin'],
    ['meterStop', 'Transaction.End'],
  ].filter(([name = '']) => textOf(raw[name]) !== undefined);
  if (registers.length === 0) return undefined;
  const { timestamp } = raw;
  const readings = registers.map(([name = '', context]) => ({
    timestamp,
    sampledValue: [
      { value: raw[name], context, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } },
    ],
  }));
  const others = groups?.fields['meterValue'] ?? raw['meterValue'] ?? [];
  return {
    fields: { meterValue: [...(Array.isArray(others) ? others : [others]), ...readings] },
    from: registers.map(([name = '']) => name),
  };
}

function movedEvent(raw: RawFields): Moved | undefined {
  const groups = movedGroups(raw, 'meterValue');
  const token = movedField(raw, 'idToken', ['idTag']);
  return together(movedInfo(raw), movedPlace(raw), token, groups, movedRegisters(raw, groups));
}

/** Moves the transaction id, which readings of 1.6 have. */
function movedReadings(raw: RawFields): Moved | undefined {
  const { transactionId } = raw;
  const named = has(raw, 'transactionId')
    ? { fields: { ...beside(raw, { transactionId }) }, from: ['transactionId'] }
    : undefined;
  return together(movedEvse(raw), movedGroups(raw, 'meterValue'), named);
}

/** Moves the unit, the power of ten and signed data, which 1.6 and its vendors put beside the value. */
function movedSample(sample: RawFields): Moved | undefined {
  const { unit, multiplier, unitOfMeasure, value } = sample;
  const measure = isRecord(unitOfMeasure) ? unitOfMeasure : has(sample, 'unitOfMeasure') ? { unit: unitOfMeasure } : {};
  const about = isRecord(unit) ? unit : {};
  const raw = {
    ...(has(sample, 'unit') && !isRecord(unit) && !has(measure, 'unit') ? { unit } : {}),
    ...(has(sample, 'multiplier') && !has(measure, 'multiplier') ? { multiplier } : {}),
  };
  const moved = { ...about, ...measure, ...raw };
  const measured = Object.keys({ ...about, ...raw }).length > 0;
  const signed = typeof sample['format'] === 'string' && sample['format'].toLowerCase() === 'signeddata';
  const hasSigned = has(sample, 'signedMeterValue');
  return together(
    measured ? { fields: { unitOfMeasure: moved }, from: ['unit', 'multiplier'] } : undefined,
    signed && !hasSigned
      ? { fields: { value: '', signedMeterValue: { signedMeterData: value } }, from: ['format'] }
      : undefined,
    // Signed data is kept, although no value can be read from it.
    hasSigned && !has(sample, 'value') ? { fields: { value: '' }, from: [] } : undefined,
  );
}

/** The moves by the name of the object. */
export const moves: Readonly<Record<string, (raw: RawFields) => Moved | undefined>> = {
  AuthorizeRequest: movedToken,
  BootNotificationRequest: movedBoot,
  EVSEType: (raw) => movedField(raw, 'id', ['evseId', 'connectorId']),
  MeterValuesRequest: movedReadings,
  MeterValueType: movedSamples,
  SampledValueType: movedSample,
  StatusNotificationRequest: movedStatus,
  TransactionEventRequest: movedEvent,
};
