import {
  type Moved,
  type Told,
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

/** What this version has no field for goes where it puts the vendor's own. */
function beside(told: Told, more: Told): Told | undefined {
  const kept = Object.entries(more).filter(([, value]) => value !== undefined);
  if (kept.length === 0) return undefined;
  const own = isRecord(told['customData']) ? told['customData'] : {};
  return { customData: { ...own, ...Object.fromEntries(kept), vendorId: VENDOR } };
}

/** 1.6 counts connectors only: connector N is EVSE N (docs/adr/0004). */
function movedEvse(told: Told): Moved | undefined {
  if (has(told, 'evseId')) return undefined;
  const { evse } = told;
  if (isRecord(evse)) return { fields: { evseId: evse['id'], connectorId: evse['connectorId'] }, from: ['evse'] };
  if (has(told, 'evse')) return { fields: { evseId: evse }, from: ['evse'] };
  return has(told, 'connectorId') ? { fields: { evseId: told['connectorId'] }, from: ['connectorId'] } : undefined;
}

/** `{"connectorId":1,"errorCode":"NoError","status":"Available"}`, and the words of 1.6 alone. */
function movedStatus(told: Told): Moved | undefined {
  const status = movedField(told, 'connectorStatus', ['status']);
  const word = told['connectorStatus'] ?? told['status'];
  const meant = typeof word === 'string' ? VERSION_16_STATUSES.get(word.toLowerCase()) : undefined;
  const { errorCode, info, vendorId, vendorErrorCode } = told;
  const from = ['errorCode', 'info', 'vendorId', 'vendorErrorCode'].filter((name) => has(told, name));
  const kept = {
    ...(meant && { status: word }),
    ...(status && { errorCode, info, reportedBy: vendorId, vendorErrorCode }),
  };
  return together(
    status,
    movedEvse(told),
    meant === undefined ? undefined : { fields: { connectorStatus: meant }, from: [] },
    meant || (status && from.length > 0) ? { fields: { ...beside(told, kept) }, from } : undefined,
  );
}

function movedBoot(told: Told): Moved | undefined {
  if (has(told, 'chargingStation')) return undefined;
  const { chargePointVendor: vendorName, chargePointModel: model, firmwareVersion, iccid, imsi } = told;
  if (vendorName === undefined && model === undefined) return undefined;
  const serialNumber = told['chargePointSerialNumber'] ?? told['chargeBoxSerialNumber'];
  const modem = has(told, 'iccid') || has(told, 'imsi') ? { modem: { iccid, imsi } } : {};
  const from = ['chargePointVendor', 'chargePointModel', 'chargePointSerialNumber', 'chargeBoxSerialNumber'];
  return {
    fields: { chargingStation: { vendorName, model, serialNumber, firmwareVersion, ...modem } },
    from: [...from, 'firmwareVersion', 'iccid', 'imsi'],
  };
}

/** Empty, it is a token that nobody has: refused by a status. */
function movedToken(told: Told): Moved | undefined {
  const moved = movedField(told, 'idToken', ['idTag']);
  const token = told['idToken'] ?? told['idTag'];
  return token === '' ? { fields: { idToken: { idToken: '', type: '' } }, from: ['idTag'] } : moved;
}

const OF_TRANSACTION = ['transactionId', 'chargingState', 'stoppedReason', 'remoteStartId', 'timeSpentCharging'];

/** What belongs into transactionInfo, beside it. */
function movedInfo(told: Told): Moved | undefined {
  const info = told['transactionInfo'];
  const own = isRecord(info) ? info : has(told, 'transactionInfo') ? { transactionId: info } : {};
  const { reason } = told;
  const reasonBeside = has(told, 'reason') && !has(told, 'stoppedReason') && !has(own, 'stoppedReason');
  const beside = OF_TRANSACTION.filter((name) => has(told, name) && !has(own, name));
  if (beside.length === 0 && !reasonBeside) return undefined;
  const fields = Object.fromEntries(beside.map((name) => [name, told[name]]));
  const stoppedReason = reasonBeside ? { stoppedReason: reason } : {};
  return { fields: { transactionInfo: { ...own, ...fields, ...stoppedReason } }, from: [...beside, 'reason'] };
}

/** The place of a transaction, told outside of `evse`. */
function movedPlace(told: Told): Moved | undefined {
  const { evse, connectorId } = told;
  if (isRecord(evse)) {
    if (!has(told, 'connectorId') || has(evse, 'connectorId')) return undefined;
    return { fields: { evse: { ...evse, connectorId } }, from: ['connectorId'] };
  }
  const id = has(told, 'evse') ? evse : (told['evseId'] ?? connectorId);
  if (id === undefined || id === null || (has(told, 'evse') && !has(told, 'connectorId'))) return undefined;
  return { fields: { evse: { id, connectorId: connectorId ?? undefined } }, from: ['evseId', 'connectorId'] };
}

/** The registers of 1.6, whole Wh: readings like any other here. */
function movedRegisters(told: Told, groups: Moved | undefined): Moved | undefined {
  const registers = [
    ['meterStart', 'Transaction.Begin'],
    ['meterStop', 'Transaction.End'],
  ].filter(([name = '']) => textOf(told[name]) !== undefined);
  if (registers.length === 0) return undefined;
  const { timestamp } = told;
  const readings = registers.map(([name = '', context]) => ({
    timestamp,
    sampledValue: [
      { value: told[name], context, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } },
    ],
  }));
  const others = groups?.fields['meterValue'] ?? told['meterValue'] ?? [];
  return {
    fields: { meterValue: [...(Array.isArray(others) ? others : [others]), ...readings] },
    from: registers.map(([name = '']) => name),
  };
}

function movedEvent(told: Told): Moved | undefined {
  const groups = movedGroups(told, 'meterValue');
  const token = movedField(told, 'idToken', ['idTag']);
  return together(movedInfo(told), movedPlace(told), token, groups, movedRegisters(told, groups));
}

/** Readings of 1.6 name their transaction. */
function movedReadings(told: Told): Moved | undefined {
  const { transactionId } = told;
  const named = has(told, 'transactionId')
    ? { fields: { ...beside(told, { transactionId }) }, from: ['transactionId'] }
    : undefined;
  return together(movedEvse(told), movedGroups(told, 'meterValue'), named);
}

/** Unit, power of ten and signed data as 1.6 and its vendors tell them: beside the value. */
function movedSample(sample: Told): Moved | undefined {
  const { unit, multiplier, unitOfMeasure, value } = sample;
  const measure = isRecord(unitOfMeasure) ? unitOfMeasure : has(sample, 'unitOfMeasure') ? { unit: unitOfMeasure } : {};
  const about = isRecord(unit) ? unit : {};
  const told = {
    ...(has(sample, 'unit') && !isRecord(unit) && !has(measure, 'unit') ? { unit } : {}),
    ...(has(sample, 'multiplier') && !has(measure, 'multiplier') ? { multiplier } : {}),
  };
  const moved = { ...about, ...measure, ...told };
  const measured = Object.keys({ ...about, ...told }).length > 0;
  const signed = typeof sample['format'] === 'string' && sample['format'].toLowerCase() === 'signeddata';
  const hasSigned = has(sample, 'signedMeterValue');
  return together(
    measured ? { fields: { unitOfMeasure: moved }, from: ['unit', 'multiplier'] } : undefined,
    signed && !hasSigned
      ? { fields: { value: '', signedMeterValue: { signedMeterData: value } }, from: ['format'] }
      : undefined,
    // What is signed is kept, though nobody can read a value in it.
    hasSigned && !has(sample, 'value') ? { fields: { value: '' }, from: [] } : undefined,
  );
}

/** By the object that they are found in. */
export const moves: Readonly<Record<string, (told: Told) => Moved | undefined>> = {
  AuthorizeRequest: movedToken,
  BootNotificationRequest: movedBoot,
  EVSEType: (told) => movedField(told, 'id', ['evseId', 'connectorId']),
  MeterValuesRequest: movedReadings,
  MeterValueType: movedSamples,
  SampledValueType: movedSample,
  StatusNotificationRequest: movedStatus,
  TransactionEventRequest: movedEvent,
};
