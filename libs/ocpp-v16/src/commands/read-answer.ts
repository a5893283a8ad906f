import type { Command, CommandAnswers, CommandKind } from '@ocpp-gw/contracts';
import type {
  DataTransferResponse,
  GetCompositeScheduleResponse,
  GetConfigurationResponse,
  GetDiagnosticsResponse,
  GetLocalListVersionResponse,
  GetLogResponse,
} from '#generated/messages.d.ts';
import { scheduleFromWire } from './charging-profile.ts';
import { readableKeys } from './get-configuration.ts';
import { readCertificates } from './get-installed-certificate-ids.ts';
import type { OnlyIn201 } from './only-in-201.ts';

type AnsweredKind = Exclude<keyof CommandAnswers, OnlyIn201>;
type Reader<K extends AnsweredKind> = (answer: never, command: Extract<Command, { kind: K }>) => CommandAnswers[K];

const readers: { readonly [K in AnsweredKind]: Reader<K> } = {
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
  GetInstalledCertificateIds: (answer, command) => readCertificates(command, answer),
};

/** The status field, which most answers have. */
export function readStatus(_command: Command, payload: Record<string, unknown>): string | undefined {
  const { status } = payload;
  return typeof status === 'string' ? status : undefined;
}

/** What the answer to a neutral command says besides its status. `payload` is a checked answer of this version. */
export function readAnswer(
  command: Command,
  payload: Record<string, unknown>,
): CommandAnswers[AnsweredKind] | undefined {
  const { kind } = command;
  return saysMore(kind) ? readers[kind](payload as never, command as never) : undefined;
}

function saysMore(kind: CommandKind): kind is AnsweredKind {
  return Object.hasOwn(readers, kind);
}
