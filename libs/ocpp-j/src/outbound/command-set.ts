import { COMMANDS, type Command, type GenericCall } from '@ocpp-gw/contracts';
import type { Protocol, Translation } from '../protocol.ts';
import type { OutboundCommand } from './outbound-command.ts';
import { checkPayload, type PayloadCheck, type PayloadRules } from './payload-check.ts';

export interface CommandSetParts {
  /** The name of the version for people, such as "OCPP 1.6". */
  version: string;
  /** What the version calls a charger. */
  station: string;
  /** Every command that the version has; one that is not here is not supported. */
  commands: readonly OutboundCommand[];
  rules: PayloadRules;
}

/** All that follows from a version's table of commands. */
export interface CommandSet extends Pick<Protocol, 'translate' | 'mirrors' | 'readStatus' | 'readAnswer'> {
  /** Actions the CSMS may send. */
  outboundActions: ReadonlySet<string>;
  /** Checks the payload of an outbound CALL and names every fault. */
  validateCommandPayload(action: string, payload: unknown): PayloadCheck;
}

export function commandSet({ version, station, commands, rules }: CommandSetParts): CommandSet {
  const byKind = new Map<string, OutboundCommand>(commands.map((each) => [each.kind, each]));
  const byAction = new Map(commands.filter(({ borrowed }) => !borrowed).map((each) => [each.action, each]));
  const outboundActions: ReadonlySet<string> = new Set([...byAction.keys()].sort());

  /** The generic call: a payload of the charger's protocol, which is checked and forwarded unchanged. */
  function call({ action, payload }: GenericCall): Translation {
    if (!outboundActions.has(action)) return { ok: false, kind: 'notSupported', reason: whyNot(action) };
    const check = checkPayload(rules, action, payload);
    return check.ok
      ? { ok: true, action, payload }
      : { ok: false, kind: 'invalidPayload', action, errors: check.errors };
  }

  function whyNot(action: string): string {
    if (Object.hasOwn(rules.validators, action)) return `in ${version} ${action} is sent by the ${station}, not to it`;
    const sameLetters = [...outboundActions].find((each) => each.toLowerCase() === action.toLowerCase());
    return sameLetters
      ? `${version} spells it ${sameLetters}, not ${action}`
      : `${version} has no action ${action}; a CSMS may send ${[...outboundActions].join(', ')}`;
  }

  return {
    outboundActions,
    validateCommandPayload: (action, payload) =>
      outboundActions.has(action)
        ? checkPayload(rules, action, payload)
        : { ok: false, errors: [{ path: '', message: `a CSMS sends no ${action} in ${version}` }] },
    translate(command) {
      if (command.kind === 'Call') return call(command);
      const own = byKind.get(command.kind);
      return own
        ? own.toCall(command as never)
        : { ok: false, kind: 'notSupported', reason: absence(command, version) };
    },
    mirrors: Object.fromEntries([...byAction].flatMap(([action, { mirror }]) => (mirror ? [[action, mirror]] : []))),
    readStatus(command, payload) {
      const [own, asked] =
        command.kind === 'Call' ? [byAction.get(command.action), undefined] : [byKind.get(command.kind), command];
      if (own?.status) return own.status(payload as never, asked as never);
      const { status } = payload;
      return typeof status === 'string' ? status : undefined;
    },
    readAnswer: (command, payload) => byKind.get(command.kind)?.readAnswer?.(payload as never, command as never),
  };
}

function absence({ kind }: Exclude<Command, GenericCall>, version: string): string {
  const { nearest } = COMMANDS[kind];
  return `${version} has no ${kind}${nearest === undefined ? ', and nothing near it' : `: the nearest is ${nearest}`}`;
}
