import type { Command, CommandAnswers, CommandKind } from '@ocpp-gw/contracts';
import type {
  GetInstalledCertificateIdsResponse,
  GetLocalListVersionResponse,
  GetLogResponse,
  RequestStartTransactionResponse,
  SetVariablesResponse,
} from '#generated/messages.d.ts';
import { changeStatus } from './change-configuration.ts';
import { readCleared } from './clear-variable-monitoring.ts';
import { readData } from './data-transfer.ts';
import { readCompositeSchedule } from './get-composite-schedule.ts';
import { readConfiguration } from './get-configuration.ts';
import { readCertificates } from './get-installed-certificate-ids.ts';
import { readTransactionStatus } from './get-transaction-status.ts';
import { readVariables } from './get-variables.ts';
import { readSet } from './set-variables.ts';
import { readMonitors } from './set-variable-monitoring.ts';

type Reader<K extends CommandKind & keyof CommandAnswers> = (
  answer: never,
  command: Extract<Command, { kind: K }>,
) => CommandAnswers[K];

const readers: { readonly [K in keyof CommandAnswers]: Reader<K> } = {
  RemoteStart: ({ transactionId }: RequestStartTransactionResponse) => ({ transactionId }),
  GetConfiguration: (answer, command) => readConfiguration(command, answer),
  DataTransfer: readData,
  GetLocalListVersion: ({ versionNumber }: GetLocalListVersionResponse) => ({ version: versionNumber }),
  GetCompositeSchedule: readCompositeSchedule,
  GetDiagnostics: readFileName,
  GetLog: readFileName,
  GetInstalledCertificateIds: (answer: GetInstalledCertificateIdsResponse) => ({
    certificates: readCertificates(answer),
  }),
  GetVariables: readVariables,
  SetVariables: readSet,
  GetTransactionStatus: readTransactionStatus,
  SetVariableMonitoring: readMonitors,
  ClearVariableMonitoring: readCleared,
};

function readFileName({ filename }: GetLogResponse): { fileName?: string } {
  return { fileName: filename || undefined };
}

/** That of the one variable that a configuration key became, else the status field. */
export function readStatus({ kind }: Command, payload: Record<string, unknown>): string | undefined {
  if (kind === 'ChangeConfiguration') return changeStatus(payload as unknown as SetVariablesResponse);
  const { status } = payload;
  return typeof status === 'string' ? status : undefined;
}

/** What the answer to a neutral command says besides its status. `payload` is a checked answer of this version. */
export function readAnswer(
  command: Command,
  payload: Record<string, unknown>,
): CommandAnswers[keyof CommandAnswers] | undefined {
  const { kind } = command;
  return saysMore(kind) ? readers[kind](payload as never, command as never) : undefined;
}

function saysMore(kind: CommandKind): kind is keyof CommandAnswers {
  return Object.hasOwn(readers, kind);
}
