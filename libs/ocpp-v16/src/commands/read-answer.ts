import type { Command, CommandAnswers, CommandKind } from '@ocpp-gw/contracts';
import type {
  DataTransferResponse,
  GetCompositeScheduleResponse,
  GetConfigurationResponse,
  GetDiagnosticsResponse,
  GetInstalledCertificateIdsResponse,
  GetLocalListVersionResponse,
  GetLogResponse,
} from '#generated/messages.d.ts';
import { scheduleFromWire } from './charging-profile.ts';
import { readableKeys } from './get-configuration.ts';

const readers: { readonly [K in keyof CommandAnswers]: (answer: never) => CommandAnswers[K] } = {
  // 1.6 names no transaction in its answer.
  RemoteStart: () => ({}),
  GetConfiguration: (answer: GetConfigurationResponse) => ({
    configuration: readableKeys(answer),
    unknownKeys: answer.unknownKey ?? [],
  }),
  DataTransfer: ({ data }: DataTransferResponse) => ({ data }),
  GetLocalListVersion: ({ listVersion }: GetLocalListVersionResponse) => ({ version: listVersion }),
  GetCompositeSchedule: ({ connectorId, scheduleStart, chargingSchedule }: GetCompositeScheduleResponse) => ({
    evseId: connectorId,
    scheduleStart,
    schedule: chargingSchedule && scheduleFromWire(chargingSchedule),
  }),
  GetDiagnostics: ({ fileName }: GetDiagnosticsResponse) => ({ fileName: fileName || undefined }),
  GetLog: ({ filename }: GetLogResponse) => ({ fileName: filename || undefined }),
  GetInstalledCertificateIds: ({ certificateHashData }: GetInstalledCertificateIdsResponse) => ({
    certificates: certificateHashData ?? [],
  }),
};

/** What the answer to a neutral command says besides its status. `payload` is a checked answer of this version. */
export function readAnswer(
  { kind }: Command,
  payload: Record<string, unknown>,
): CommandAnswers[keyof CommandAnswers] | undefined {
  return saysMore(kind) ? readers[kind](payload as never) : undefined;
}

function saysMore(kind: CommandKind): kind is keyof CommandAnswers {
  return Object.hasOwn(readers, kind);
}
