import type { CommandAnswers, CommandOf, PayloadFault, TypedKind } from '@ocpp-gw/contracts';
import type { Effect } from '../effects.ts';
import type { AskedCommand, Mirror, Translation } from '../protocol.ts';
import { MAX_FAULTS } from '../readable-faults.ts';
import { checkPayload, type PayloadRules } from './payload-check.ts';

/** How one version carries a command out, as the version's table has it. */
export interface OutboundCommand {
  kind: TypedKind;
  action: string;
  /** The action belongs to another command, whose mirror says what the CALL changes. */
  borrowed?: true;
  toCall(command: never): Translation;
  mirror?: Mirror;
  status?(answer: never, command?: never): string | undefined;
  readAnswer?(answer: never, command: never): object;
}

type MessagesOf<M> = { [A in keyof M]: { request: object; response: object } };

/**
 * Makes the CALL. A CALL that breaks its schema is not sent: the caller has to correct it, for example an id token that is
 * too long for this version. `broken` are faults against rules that no schema shows (see `demand`).
 */
export type Checked<Request> = (payload: Request, broken?: readonly PayloadFault[]) => Translation;

/** A {@link Mirror}, checked against the messages of its action. */
interface MirrorOf<Request, Response> {
  before?(request: Request, now: Date, asked: AskedCommand): readonly Effect[];
  answered?(request: Request, answer: Response, now: Date, asked: AskedCommand): readonly Effect[];
  undone?(request: Request, now: Date, asked: AskedCommand): readonly Effect[];
}

export interface CommandParts<K extends TypedKind, Request, Response> {
  toCall(command: CommandOf<K>, checked: Checked<Request>): Translation;
  /** Reads the status where the answer has no field `status`. `command` is absent for a generic call. */
  status?(answer: Response, command?: CommandOf<K>): string | undefined;
  /** What the answer says besides its status. */
  readAnswer?(answer: Response, command: CommandOf<K>): K extends keyof CommandAnswers ? CommandAnswers[K] : never;
}

/** Options of a command that has an action of its own. */
export interface OwnCommandParts<K extends TypedKind, Request, Response> extends CommandParts<K, Request, Response> {
  /** What the CALL changes; without a mirror it changes nothing that is stored. */
  mirror?: MirrorOf<Request, Response>;
}

/** The type refuses a misspelt part, and a command whose answer is not read. */
type Whole<K, P, Parts> = P & { [F in Exclude<keyof P, keyof Parts>]: never } & {
  [F in K extends keyof CommandAnswers ? 'readAnswer' : never]: unknown;
};

type Declared<K extends TypedKind, A, P> = Omit<P, 'toCall'> & {
  kind: K;
  action: A;
  toCall(command: CommandOf<K>): Translation;
};

/** What the files of a version's commands are written with. */
export interface OutboundCommands<M extends MessagesOf<M>> {
  /** A command with an action of its own. */
  outbound<
    const K extends TypedKind,
    const A extends keyof M & string,
    P extends OwnCommandParts<K, M[A]['request'], M[A]['response']>,
  >(
    kind: K,
    action: A,
    parts: Whole<K, P, OwnCommandParts<K, M[A]['request'], M[A]['response']>>,
  ): Declared<K, A, P>;
  /** A command that the action of another one carries out. */
  outboundBy<
    const A extends keyof M & string,
    const K extends TypedKind,
    P extends CommandParts<K, M[A]['request'], M[A]['response']>,
  >(
    owner: { action: A },
    kind: K,
    parts: Whole<K, P, CommandParts<K, M[A]['request'], M[A]['response']>>,
  ): Declared<K, A, P> & { borrowed: true };
}

export function outboundCommands<M extends MessagesOf<M>>(rules: PayloadRules): OutboundCommands<M> {
  return {
    outbound(kind, action, parts) {
      return { ...parts, kind, action, toCall: (command) => parts.toCall(command, checkedFor(rules, action)) };
    },
    outboundBy({ action }, kind, parts) {
      const toCall: Declared<typeof kind, string, object>['toCall'] = (command) =>
        parts.toCall(command, checkedFor(rules, action));
      return { ...parts, kind, action, borrowed: true, toCall };
    },
  };
}

function checkedFor(rules: PayloadRules, action: string): Checked<object> {
  return (payload, broken = []) => {
    // As it will be on the wire: fields left undefined are absent, for the schema too.
    const present = JSON.parse(JSON.stringify(payload)) as Record<string, unknown>;
    const check = checkPayload(rules, action, present);
    const errors = [...(check.ok ? [] : check.errors), ...broken].slice(0, MAX_FAULTS);
    return errors.length === 0
      ? { ok: true, action, payload: present }
      : { ok: false, kind: 'invalidPayload', action, errors };
  };
}
