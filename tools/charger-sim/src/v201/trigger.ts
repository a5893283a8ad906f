import type { Message } from '../message.ts';
import { makeSigningRequest } from '../signing-request.ts';
import { message, type Request } from './messages.ts';
import type { Answers, Station201 } from './station.ts';

type Trigger = Request<'TriggerMessage'>['requestedMessage'];

function signingRequest(
  station: Station201,
  certificateType: 'ChargingStationCertificate' | 'V2GCertificate',
): Message {
  const organization = station.deviceModel.get({ name: 'SecurityCtrlr' }, { name: 'OrganizationName' }).value ?? '';
  return message('SignCertificate', { csr: makeSigningRequest(organization, station.serialNumber), certificateType });
}

/** The messages asked for; null when they will not be sent. */
function triggered(station: Station201, trigger: Trigger, evseId: number | undefined): (() => Message[]) | null {
  const { charger } = station;
  const connectors = charger.connectors.filter(({ number }) => !evseId || number === evseId);
  if (connectors.length === 0) return null;
  switch (trigger) {
    case 'BootNotification':
      // F06.FR.17: not once accepted.
      if (charger.registration === 'Accepted') return null;
      return () => {
        charger.bootNow();
        return [];
      };
    case 'Heartbeat':
      return () => [message('Heartbeat', {})];
    case 'MeterValues':
      return () => connectors.map((connector) => station.meterValues(connector));
    case 'StatusNotification':
      return () => connectors.flatMap((connector) => station.status(connector) ?? []);
    case 'TransactionEvent':
      // F06.FR.07: as Updated with trigger reason Trigger, in the order of the transaction's other events.
      if (!connectors.some(({ session }) => session?.charging)) return null;
      return () => {
        for (const { session } of connectors) session?.triggerMeter();
        return [];
      };
    case 'LogStatusNotification':
      return () => [message(trigger, { status: station.log.stage })];
    case 'FirmwareStatusNotification':
      return () => [message(trigger, { status: station.firmware.stage })];
    case 'PublishFirmwareStatusNotification':
      return () => [message(trigger, { status: station.publishing.stage })];
    case 'SignChargingStationCertificate':
    case 'SignCombinedCertificate':
      return () => [signingRequest(station, 'ChargingStationCertificate')];
    case 'SignV2GCertificate':
      return () => [signingRequest(station, 'V2GCertificate')];
  }
}

/** Remote trigger (OCPP 2.0.1 F06). */
export const triggers = {
  TriggerMessage: (station, { requestedMessage, evse }) => {
    const messages = triggered(station, requestedMessage, evse?.id);
    if (!messages) return { payload: { status: 'Rejected' } };
    return {
      payload: { status: 'Accepted' },
      after: async () => {
        for (const each of messages()) await station.charger.notify(each);
      },
    };
  },
} satisfies Partial<Answers>;
