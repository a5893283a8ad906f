import type { Message } from '../message.ts';
import { makeSigningRequest } from '../signing-request.ts';
import { message, type Request } from './messages.ts';
import type { Answers, Station16 } from './station.ts';

type Trigger = Request<'TriggerMessage' | 'ExtendedTriggerMessage'>['requestedMessage'];

/** The messages asked for; null when they will not be sent. */
function triggered(station: Station16, trigger: Trigger, connectorId: number | undefined): (() => Message[]) | null {
  const { charger } = station;
  const connectors = charger.connectors.filter(({ number }) => !connectorId || number === connectorId);
  switch (trigger) {
    case 'BootNotification':
      // Errata 3.40: not once accepted.
      if (charger.registration === 'Accepted') return null;
      return () => {
        charger.bootNow();
        return [];
      };
    case 'Heartbeat':
      return () => [message('Heartbeat', {})];
    case 'MeterValues':
      return connectors.length > 0 ? () => connectors.map((connector) => station.meterValues(connector)) : null;
    case 'StatusNotification':
      if (connectorId === 0) return () => [station.status(null)];
      return connectors.length > 0 ? () => connectors.map((connector) => station.status(connector)) : null;
    case 'DiagnosticsStatusNotification':
      return () => [message(trigger, { status: station.diagnostics.running ? station.diagnostics.stage : 'Idle' })];
    case 'FirmwareStatusNotification':
      return () => [message(trigger, { status: station.firmware.stage })];
    case 'LogStatusNotification':
      return () => [message(trigger, { status: station.log.stage })];
    case 'SignChargePointCertificate': {
      const csr = makeSigningRequest(station.configuration.get('CpoName'), station.serialNumber);
      return () => [message('SignCertificate', { csr })];
    }
  }
}

function answer(
  station: Station16,
  trigger: Trigger,
  connectorId: number | undefined,
): ReturnType<Answers['TriggerMessage']> {
  const messages = triggered(station, trigger, connectorId);
  if (!messages) return { payload: { status: 'Rejected' } };
  return {
    payload: { status: 'Accepted' },
    after: async () => {
      for (const each of messages()) await station.charger.notify(each);
    },
  };
}

/** Remote trigger (OCPP 1.6 5.17, whitepaper F06). */
export const triggers = {
  TriggerMessage: (station, { requestedMessage, connectorId }) => answer(station, requestedMessage, connectorId),
  ExtendedTriggerMessage: (station, { requestedMessage, connectorId }) =>
    answer(station, requestedMessage, connectorId),
} satisfies Partial<Answers>;
