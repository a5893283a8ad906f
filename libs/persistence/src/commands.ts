import { storedEnd, type CommandOutcome, type CommandState, type Page } from '@ocpp-gw/contracts';
import { commandEntry } from './command-event.ts';
import type { Database } from './database.ts';
import { jsonText } from './column-values.ts';
import { pageOf, uuidOf } from './cursor.ts';
import { ENDED_COMMAND, writeCommands, type EndedCommand } from './facts/commands.ts';
import { taggedStation } from './of-station.ts';
import { Outbox } from './outbox.ts';
import { SQL, type Connection } from './sql.ts';
import { selectBut, type RecordOf } from './tables/record.ts';

/** How long the same key means the same command, in hours. */
const IDEMPOTENCY_HOURS = 24;
/** How long after its deadline the end of a command may still be on its way, in seconds. */
const GRACE_S = 5;

export interface NewCommand {
  /** UUIDv7. */
  commandId: string;
  /** The identity as it is registered. */
  cpId: string;
  /** Route of the command, or `call`. */
  command: string;
  /** OCPP action of a generic call. */
  action?: string;
  /** As the caller wrote it, without secrets, with the ids that the gateway made. */
  request: Record<string, unknown>;
  /** Name of the token. */
  caller: string;
  /** X-Request-Id of the request. */
  requestId: string;
  deadline: Date;
  idempotency?: { key: string; bodyHash: string };
}

export type CommandRecord = Omit<RecordOf<'commands'>, 'state' | 'request' | 'outcome'> & {
  state: CommandState;
  request: Record<string, unknown>;
  outcome: object | null;
  /** The transaction that a remote start led to. */
  transactionId: string | null;
};

/** The end of a command that the owner of its connection has not written. */
export interface UnownedEnd {
  commandId: string;
  at: Date;
  outcome: CommandOutcome;
  /** OCPP action or name of the command, for receivers. */
  asked: string;
  traceparent?: string | undefined;
}

export interface CommandFilter {
  limit: number;
  cursor?: string;
  cpId?: string;
  state?: CommandState;
  command?: string;
  caller?: string;
  /** Requested at or after. */
  from?: Date;
  /** Requested before. */
  to?: Date;
  /** The charge point carries all of them now. */
  tags?: Readonly<Record<string, string>>;
}

const IS_FRESH = `queued_at > now() - interval '${IDEMPOTENCY_HOURS} hours'`;
const OVERDUE = `known.ended_at IS NULL AND known.deadline < now() - interval '${GRACE_S} seconds'`;

/** A command whose end nobody wrote, because pods were killed, ended at its deadline. */
const RECORDS = `SELECT ${selectBut('commands', ['state', 'ended_at'], 'known')},
    CASE WHEN NOT (${OVERDUE}) THEN known.state
         WHEN known.sent_at IS NULL AND known.taken_at IS NULL THEN 'expired' ELSE 'timeout' END AS state,
    CASE WHEN ${OVERDUE} THEN known.deadline ELSE known.ended_at END AS "endedAt",
    led.transaction_id AS "transactionId"
  FROM commands known
  LEFT JOIN LATERAL (
    SELECT transaction_id FROM transactions
    WHERE cp_id = known.cp_id AND remote_start_id = (known.request->>'remote_start_id')::integer
    ORDER BY id DESC LIMIT 1) led ON known.command = 'remote-start'`;

/** Commands from their request to their end (docs/adr/0049). */
export class Commands {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Makes the command durable. Returns the command that the same caller made with the same key, when there is one. */
  async begin(command: NewCommand): Promise<CommandRecord | null> {
    if (await this.insert(command)) return null;
    const { caller, idempotency } = command;
    const key = idempotency?.key ?? '';
    const known = await this.ofKey(caller, key);
    if (known) return known;
    await this.database[SQL].query(
      `UPDATE commands SET idempotency_key = NULL WHERE caller = $1 AND idempotency_key = $2 AND NOT (${IS_FRESH})`,
      [caller, key],
    );
    return this.begin(command);
  }

  /** The command that the caller made with the key in the last {@link IDEMPOTENCY_HOURS}. */
  async ofKey(caller: string, key: string): Promise<CommandRecord | null> {
    const [known] = await this.database[SQL].query<CommandRecord>(
      `${RECORDS} WHERE known.caller = $1 AND known.idempotency_key = $2 AND ${IS_FRESH}`,
      [caller, key],
    );
    return known ?? null;
  }

  private async insert(command: NewCommand): Promise<boolean> {
    const { commandId, cpId, action, request, caller, requestId, deadline, idempotency } = command;
    const inserted = await this.database[SQL].query(
      `INSERT INTO commands
         (command_id, cp_id, command, action, request, caller, request_id, idempotency_key, body_hash, deadline)
       VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10)
       ON CONFLICT (caller, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
       RETURNING command_id`,
      [
        commandId,
        cpId,
        command.command,
        action ?? null,
        jsonText(request),
        caller,
        requestId,
        idempotency?.key ?? null,
        idempotency?.bodyHash ?? null,
        deadline,
      ],
    );
    return inserted.length > 0;
  }

  /**
   * Takes a command for sending. Only one pod gets true, and only once: a command that was put on the bus twice leaves as
   * one CALL.
   */
  async take(commandId: string): Promise<boolean> {
    const taken = await this.database[SQL].query(
      `UPDATE commands SET taken_at = now()
       WHERE command_id = $1 AND taken_at IS NULL AND ended_at IS NULL RETURNING command_id`,
      [commandId],
    );
    return taken.length > 0;
  }

  /**
   * Writes and publishes the end of a command of which nothing was sent. Returns false when somebody has taken it, or its end is
   * known: then that is what became of it.
   */
  async endUntaken(end: UnownedEnd): Promise<boolean> {
    const { state, outcome } = storedEnd(end.outcome);
    return this.ending(end, ({ [SQL]: sql }) =>
      sql.query<EndedCommand>(
        `UPDATE commands known SET state = $2, ended_at = $3, outcome = $4::jsonb
         WHERE command_id = $1 AND taken_at IS NULL AND ended_at IS NULL RETURNING ${ENDED_COMMAND}`,
        [end.commandId, state, end.at, jsonText(outcome)],
      ),
    );
  }

  /** Writes and publishes how a command ended, unless its end is known already. */
  async end(end: UnownedEnd): Promise<void> {
    const { commandId, at } = end;
    await this.ending(end, async (connection) => {
      const written = await writeCommands(connection, [{ commandId, at, ...storedEnd(end.outcome) }]);
      return [...written.values()];
    });
  }

  private ending(
    end: UnownedEnd,
    write: (connection: Connection) => Promise<readonly EndedCommand[]>,
  ): Promise<boolean> {
    const { asked: action, traceparent, outcome, at } = end;
    return this.database.transaction(async (connection) => {
      const written = await write(connection);
      const entries = written.map(({ queuedAt: requestedAt, sentAt, protocol, ...command }) =>
        commandEntry({
          ...{ ...command, action, outcome, at, traceparent, requestedAt },
          protocol: protocol ?? '',
          pod: '',
          sentAt: sentAt ?? undefined,
        }),
      );
      await new Outbox(connection).append(entries);
      return written.length > 0;
    });
  }

  async get(commandId: string): Promise<CommandRecord | null> {
    const [found] = await this.database[SQL].query<CommandRecord>(`${RECORDS} WHERE known.command_id = $1`, [
      commandId,
    ]);
    return found ?? null;
  }

  /** Newest first. @throws InvalidCursorError */
  async list(filter: CommandFilter): Promise<Page<CommandRecord>> {
    const { limit, cursor, cpId, state, command, caller, from, to, tags } = filter;
    const rows = await this.database[SQL].query<CommandRecord>(
      `SELECT * FROM (${RECORDS}
         WHERE ($2::uuid IS NULL OR known.command_id < $2)
           AND ($3::text IS NULL OR known.cp_id = (
             COALESCE((SELECT cp_id FROM charge_points WHERE lower(cp_id) = lower($3)), $3)))
           AND ($4::text IS NULL OR known.command = $4)
           AND ($5::text IS NULL OR known.caller = $5)
           AND ($6::timestamptz IS NULL OR known.queued_at >= $6)
           AND ($7::timestamptz IS NULL OR known.queued_at < $7)
           AND ($9::jsonb IS NULL OR ${taggedStation('known', '$9')})) command
       WHERE $8::text IS NULL OR state = $8
       ORDER BY "commandId" DESC LIMIT $1`,
      [
        limit + 1,
        cursor === undefined ? null : uuidOf(cursor),
        cpId ?? null,
        command ?? null,
        caller ?? null,
        from ?? null,
        to ?? null,
        state ?? null,
        tags ?? null,
      ],
    );
    return pageOf(rows, limit, ({ commandId }) => commandId);
  }

  /** Deletes commands requested before the time, the oldest first. Returns how many. */
  async prune(before: Date, limit: number): Promise<number> {
    const deleted = await this.database[SQL].query(
      `DELETE FROM commands WHERE command_id IN (
         SELECT command_id FROM commands WHERE queued_at < $1 AND command_id < $2 ORDER BY command_id LIMIT $3)
       RETURNING command_id`,
      [before, firstIdAt(before), limit],
    );
    return deleted.length;
  }
}

/** The least UUIDv7 of the moment. */
function firstIdAt(moment: Date): string {
  const time = moment.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
