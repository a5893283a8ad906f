import type { Command } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { call } from './call.ts';
import { changeAvailability } from './change-availability.ts';
import { remoteStart } from './remote-start.ts';
import { remoteStop } from './remote-stop.ts';
import { reset } from './reset.ts';

/** Version-neutral command to a CALL of this version. */
export function translate(command: Command): Translation {
  switch (command.kind) {
    case 'RemoteStart':
      return remoteStart(command);
    case 'RemoteStop':
      return remoteStop(command);
    case 'Reset':
      return reset(command);
    case 'ChangeAvailability':
      return changeAvailability(command);
    case 'Call':
      return call(command);
    case 'UnlockConnector':
    case 'ChangeConfiguration':
    case 'GetConfiguration':
    case 'ClearCache':
    case 'DataTransfer':
    case 'TriggerMessage':
    case 'ExtendedTriggerMessage':
    case 'ReserveNow':
    case 'CancelReservation':
    case 'SendLocalList':
    case 'GetLocalListVersion':
    case 'SetChargingProfile':
    case 'ClearChargingProfile':
    case 'GetCompositeSchedule':
    case 'GetDiagnostics':
    case 'GetLog':
    case 'UpdateFirmware':
    case 'SignedUpdateFirmware':
    case 'InstallCertificate':
    case 'DeleteCertificate':
    case 'GetInstalledCertificateIds':
    case 'CertificateSigned':
      return {
        ok: false,
        kind: 'notSupported',
        reason: `${command.kind} is not a command of this gateway for OCPP 2.0.1 yet: send the call of that protocol by its name`,
      };
  }
}
