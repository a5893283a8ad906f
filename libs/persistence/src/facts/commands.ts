import { ANSWER_STATES, type CommandState } from '@ocpp-gw/contracts';
import { SQL, type Connection } from '../sql.ts';
import { given } from '../tables/given.ts';
import { TABLES } from '../tables/tables.ts';
import { statement, type Writer } from '../tables/writer.ts';

/** What became of a command. */
export interface CommandChange {
  commandId: string;
  state: CommandState;
  /** When its CALL left, or when it ended. */
  at: Date;
  /** OCPP action of the CALL; absent when none was made. */
  action?: string;
  /** Of a command that has ended. */
  outcome?: object;
  /** The charge point answered after the command had ended as a timeout. */
  late?: boolean;
}

/** A command whose end was written now. Whoever writes an end publishes it. */
export interface EndedCommand {
  commandId: string;
  cpId: string;
  caller: string;
  requestId: string;
  queuedAt: Date;
  sentAt: Date | null;
  /** It had ended as a timeout before. */
  late: boolean;
  /** Of the charge point, as last connected. */
  protocol: string | null;
}

/**
 * Commands of the gateway itself have no row, so nothing is written of them. A command that has ended stays as it is; only the
 * answer of its charge point replaces a timeout, and is late then.
 * @returns those whose end was written, by their id
 */
export async function writeCommands(
  connection: Connection,
  changes: readonly CommandChange[],
): Promise<ReadonlyMap<string, EndedCommand>> {
  const sent = changes.filter(({ state }) => state === 'sent');
  const ended = changes.filter(({ state }) => state !== 'sent');
  if (sent.length > 0) await writeSent(connection[SQL], sent);
  if (ended.length === 0) return new Map();
  const written = await connection[SQL].query<EndedCommand>(ENDED, [ends.parameter(ended)]);
  return new Map(written.map((one) => [one.commandId, one]));
}

/** RETURNING of an {@link EndedCommand}. */
export const ENDED_COMMAND = `known.command_id AS "commandId", known.cp_id AS "cpId", known.caller,
  known.request_id AS "requestId", known.queued_at AS "queuedAt", known.sent_at AS "sentAt", known.late,
  (SELECT protocol FROM charge_points WHERE cp_id = known.cp_id) AS protocol`;

const ANSWERS = ANSWER_STATES.map((state) => `'${state}'`).join(', ');

const common = {
  command_id: ({ commandId }: CommandChange) => commandId,
  action: ({ action }: CommandChange) => action,
};

const writeSent: Writer<CommandChange> = statement(
  TABLES.commands.columns,
  { ...common, sent_at: ({ at }) => at },
  (rows) => `UPDATE commands known
    SET state = CASE WHEN known.ended_at IS NULL THEN 'sent' ELSE known.state END,
        sent_at = change.sent_at, action = change.action
    FROM ${rows('change')} WHERE known.command_id = change.command_id`,
);

const ends = given(TABLES.commands.columns, {
  ...common,
  state: ({ state }: CommandChange) => state,
  ended_at: ({ at }) => at,
  late: ({ late = false }) => late,
  outcome: ({ outcome }) => outcome,
});

const ENDED = `UPDATE commands known
  SET state = change.state, ended_at = change.ended_at, outcome = change.outcome,
      late = change.late OR known.ended_at IS NOT NULL,
      action = COALESCE(change.action, known.action)
  FROM (SELECT DISTINCT ON (command_id) * FROM ${ends.as('one')} ORDER BY command_id, late DESC) change
  WHERE known.command_id = change.command_id
    AND (known.ended_at IS NULL OR (known.state = 'timeout' AND change.state IN (${ANSWERS})))
  RETURNING ${ENDED_COMMAND}`;
