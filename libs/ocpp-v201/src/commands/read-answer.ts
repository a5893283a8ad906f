import type { Command, CommandAnswers, CommandKind } from '@ocpp-gw/contracts';
import { statusOfParts, type PartStatuses } from '@ocpp-gw/ocpp-j';
import type {
  ClearVariableMonitoringResponse,
  GetInstalledCertificateIdsResponse,
  GetLocalListVersionResponse,
  GetLogResponse,
  GetVariablesResponse,
  RequestStartTransactionResponse,
  SetVariableMonitoringResponse,
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

/** The status field; of an answer in parts one word for all of them. */
export function readStatus(command: Command, payload: Record<string, unknown>): string | undefined {
  if (command.kind === 'ChangeConfiguration') return changeStatus(payload as unknown as SetVariablesResponse);
  // Its answer lists the keys that the station does not have.
  const parts = command.kind === 'GetConfiguration' ? undefined : partsOf(command, payload);
  if (parts) return statusOfParts(parts);
  const { status } = payload;
  return typeof status === 'string' ? status : undefined;
}

type AnswerInParts = SetVariablesResponse &
  GetVariablesResponse &
  SetVariableMonitoringResponse &
  ClearVariableMonitoringResponse;

/** Of a generic call it is not looked at how much was asked. */
function partsOf(command: Command, payload: Record<string, unknown>): PartStatuses | undefined {
  const statuses = statusesOf(payload as Partial<AnswerInParts>);
  return statuses && { statuses, asked: askedFor(command) ?? statuses.length };
}

function statusesOf(answer: Partial<AnswerInParts>): readonly string[] | undefined {
  const variables = answer.setVariableResult ?? answer.getVariableResult;
  const monitors = answer.setMonitoringResult ?? answer.clearMonitoringResult;
  return variables?.map(({ attributeStatus }) => attributeStatus) ?? monitors?.map(({ status }) => status);
}

function askedFor(command: Command): number | undefined {
  const { kind } = command;
  if (kind === 'SetVariables' || kind === 'GetVariables') return command.variables.length;
  if (kind === 'SetVariableMonitoring') return command.monitors.length;
  return kind === 'ClearVariableMonitoring' ? command.ids.length : undefined;
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
