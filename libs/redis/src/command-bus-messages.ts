import {
  ALL_COMMANDS,
  commandCheck,
  redisKeys,
  type BusEnvelope,
  type Command,
  type CommandEnvelope,
  type CommandOutcome,
  type ReplyEnvelope,
} from '@ocpp-gw/contracts';

/** What a channel's text turned out to be. A newer version is recognised by its envelope alone. */
export type Received<T> =
  | { kind: 'message'; message: T }
  | { kind: 'newer'; v: number; requestId?: string; cpId?: string }
  | { kind: 'malformed'; reason: string };

/** `unreadable`: the envelope is valid, but this build does not know the command in it. */
export type ReceivedOnBus = Received<BusEnvelope> | { kind: 'unreadable'; message: CommandEnvelope; reason: string };

const faultOfCommand = commandCheck(ALL_COMMANDS);

const OUTCOME_KINDS: Readonly<Record<CommandOutcome['kind'], true>> = {
  result: true,
  callerror: true,
  invalidResult: true,
  timeout: true,
  disconnected: true,
  expired: true,
  cancelled: true,
  offline: true,
  moved: true,
  notSupported: true,
  invalidPayload: true,
  refused: true,
};

type Json = Record<string, unknown>;

/** Reads what came on a charger's command channel, by the newest version this build knows. */
export function readBusMessage(text: string, channel: string, version: number): ReceivedOnBus {
  const received = readVersioned<BusEnvelope>(text, version, (json) => {
    const { cpId } = json;
    if (typeof cpId !== 'string' || redisKeys.command(cpId) !== channel) return 'cpId does not match the channel';
    if (json['type'] === 'superseded') return typeof json['epoch'] === 'number' ? null : 'epoch is not a number';
    if (json['type'] !== 'command' && json['type'] !== 'cancel') return 'unknown type';
    if (typeof json['requestId'] !== 'string') return 'requestId is not a string';
    if (json['type'] === 'cancel') return null;
    return typeof json['deadline'] === 'number' ? null : 'deadline is not a number';
  });
  if (received.kind !== 'message' || received.message.type !== 'command') return received;
  const reason = faultOfCommand(received.message.command);
  return reason === null ? received : { kind: 'unreadable', message: received.message, reason };
}

/** Reads what came on the reply channel of one request. */
export function readReply(text: string, requestId: string, version: number): Received<ReplyEnvelope> {
  return readVersioned(text, version, (json) => {
    if (json['requestId'] !== requestId) return 'requestId does not match the channel';
    if (typeof json['epoch'] !== 'number') return 'epoch is not a number';
    return hasKind(json['outcome'], OUTCOME_KINDS) ? null : 'unknown outcome';
  });
}

function readVersioned<T>(text: string, version: number, faultOf: (json: Json) => string | null): Received<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'malformed', reason: 'not JSON' };
  }
  if (!isObject(json)) return { kind: 'malformed', reason: 'not an object' };
  const { v, requestId, cpId } = json;
  if (typeof v !== 'number') return { kind: 'malformed', reason: 'v is not a number' };
  if (v > version)
    return {
      kind: 'newer',
      v,
      ...(typeof requestId === 'string' ? { requestId } : {}),
      ...(typeof cpId === 'string' ? { cpId } : {}),
    };
  const reason = faultOf(json);
  return reason === null ? { kind: 'message', message: json as T } : { kind: 'malformed', reason };
}

function hasKind(value: unknown, kinds: Readonly<Record<string, true>>): boolean {
  return isObject(value) && typeof value['kind'] === 'string' && Object.hasOwn(kinds, value['kind']);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name of a command in its outcome when the charger's action is not known. */
export function actionOf(command: Command): string {
  return command.kind === 'Call' ? command.action : command.kind;
}
