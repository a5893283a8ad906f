import type { Payload, Role, Sending } from '../message.ts';

export type Version = '1.6' | '2.0.1';

/** One thing that a charger does, after the one before it. */
export type Step<Message extends Sending = Sending> =
  | { kind: 'send'; message: Message }
  /** The link drops without a closing handshake and the charger boots again. */
  | { kind: 'power-cut' }
  /** The link drops and comes back; no boot. */
  | { kind: 'link-cut' };

/** What becomes of each message, in order; remembers what it held back. */
export type Script<Message extends Sending> = (message: Message) => Step<Message>[];

/** What may end up unknown because of it; everything else has to come out right. */
export type Hidden =
  /** No energy, with the reason, though energy flowed. */
  | 'energy'
  /** No end, or one that was inferred, or one that waits unassigned. */
  | 'end'
  /** No start was sent; what follows it may wait unassigned. */
  | 'start'
  /** No id token was sent. */
  | 'token';

/** Of a kind, one at a time makes sense. */
type Kind =
  | 'clock'
  | 'start'
  | 'end'
  | 'identity'
  | 'order'
  | 'meter'
  | 'register'
  | 'field'
  | 'frame'
  | 'state'
  | 'answer'
  | 'link';

/** One way in which chargers of the field differ from the specification, or live at its edge. */
export interface Misbehaviour {
  name: string;
  kind: Kind;
  /** Both when absent. */
  version?: Version;
  /** What the charger does, in one sentence. */
  does: string;
  hides?: readonly Hidden[];
  /** Never chosen at random: commands to such a charger fail, or its statuses are not those of its connectors. */
  byNameOnly?: true;
  /** What the charger's clock shows. */
  clock?(now: Date, bootedAt: Date): Date;
  /** A script for one charger. */
  script?<Message extends Sending>(version: Version): Script<Message>;
  /** A payload as it goes on the wire: a call of the charger, whatever its action. */
  payload?(payload: Payload, about: { action: string; version: Version }): Payload;
  /** The charger's answer to a call of the CSMS. @throws CallError to be answered with a CALLERROR */
  answer?(payload: Payload, action: string): Payload;
  /** The text of every frame. */
  frame?(text: string): string;
  /** The id of the charger's `count`th call since it booted. */
  messageId?(count: number): string | number;
  /** Energy that flows after each session, for nobody, Wh. */
  idleWh?: number;
  /** The register falls to 0 within each session. */
  resetsRegister?: boolean;
  /** How long a connection lives, ms. */
  connectionMs?: number;
  /** Between two heartbeats, ms, whatever the CSMS says. */
  heartbeatMs?: number;
  /** It answers no call of the CSMS. */
  silent?: true;
  /** What stands behind the identity in the address. */
  pathSuffix?: string;
}

export const send = <Message extends Sending>(message: Message): Step<Message> => ({ kind: 'send', message });

export const again = <Message extends Sending>(message: Message): Step<Message> => send({ ...message, repeats: true });

/** The message with another payload. */
export function rewritten<Message extends Sending>(message: Message, rewrite: (payload: Payload) => Payload): Message {
  return { ...message, payload: () => rewrite(message.payload() as Payload) };
}

/** A script that treats some roles in its own way and sends the others as they are. */
export const of =
  (
    roles: readonly Role[],
    steps: <Message extends Sending>(message: Message) => Step<Message>[],
  ): NonNullable<Misbehaviour['script']> =>
  () =>
  (message) =>
    roles.includes(message.role) ? steps(message) : [send(message)];

/** What a TransactionEvent says of its transaction. */
export const info = (payload: Payload): Payload => (payload['transactionInfo'] ?? {}) as Payload;
