import type { SelectQueryBuilder } from 'typeorm';
import { InvalidCursorError, encodeCursor, type Page } from '@ocpp-gw/contracts';
import { isBigint, textsOf } from './cursor.ts';
import { taggedStation } from './of-station.ts';
import { SOURCE, type Database } from './database.ts';
import { transactionEntity } from './entities/transaction.ts';
import { readTransaction, type TransactionRecord, type TransactionRow } from './transaction-row.ts';

export const TRANSACTION_SORTS = ['started_at', '-started_at'] as const;

export interface TransactionFilter {
  limit: number;
  cursor?: string;
  /** A minus, which is usual, puts the newest first. */
  sort?: (typeof TRANSACTION_SORTS)[number];
  cpId?: string;
  state?: TransactionRecord['state'];
  /** Started at or after. */
  from?: Date;
  /** Started before. */
  to?: Date;
  /** In any letter case. */
  idToken?: string;
  remoteStartId?: number;
  reservationId?: number;
  evseId?: number;
  /** Its charge point carries all of them now. */
  tags?: Readonly<Record<string, string>>;
  /** Transactions that run although something speaks against it. */
  suspect?: boolean;
  /** Stops that belong to no transaction. */
  unassigned?: boolean;
}

/** Reads transactions; `facts/` writes them. */
export class Transactions {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Newest first, unless sorted otherwise. @throws InvalidCursorError */
  async list({ limit, cursor, sort, ...filter }: TransactionFilter): Promise<Page<TransactionRecord>> {
    const [direction, beyond] = sort === 'started_at' ? (['ASC', '>'] as const) : (['DESC', '<'] as const);
    const query = this.rows()
      .orderBy('row.startedAt', direction)
      .addOrderBy('row.id', direction)
      .limit(limit + 1);
    if (cursor !== undefined) query.andWhere(`(row.started_at, row.id) ${beyond} (:startedAt, :id)`, keyset(cursor));
    narrow(query, filter);
    const found = await query.getMany();
    const items = found.slice(0, limit).map(readTransaction);
    const last = items.at(-1);
    const more = found.length > limit && last;
    return { items, nextCursor: more ? encodeCursor([last.startedAt.toISOString(), last.id]) : null };
  }

  async get(cpId: string, transactionId: string): Promise<TransactionRecord | null> {
    const found = await this.rows()
      .where('row.cp_id = :cpId AND row.transaction_id = :transactionId', { cpId, transactionId })
      .getOne();
    return found && readTransaction(found);
  }

  /** By the internal key of {@link TransactionRecord.id}. */
  async getById(id: string): Promise<TransactionRecord | null> {
    if (!isBigint(id)) return null;
    const found = await this.rows().where('row.id = :id', { id }).getOne();
    return found && readTransaction(found);
  }

  private rows() {
    return this.database[SOURCE].getRepository(transactionEntity).createQueryBuilder('row');
  }
}

function narrow(
  query: SelectQueryBuilder<TransactionRow>,
  filter: Omit<TransactionFilter, 'limit' | 'cursor' | 'sort'>,
): void {
  const { cpId, state, from, to, idToken, remoteStartId, reservationId, evseId, tags, suspect, unassigned } = filter;
  // A stop that was assigned is shown by the transaction that it ended.
  query.andWhere('row.assigned_to IS NULL');
  if (cpId !== undefined) query.andWhere('row.cp_id = :cpId', { cpId });
  if (state !== undefined) query.andWhere('row.state = :state', { state });
  if (from !== undefined) query.andWhere('row.started_at >= :from', { from });
  if (to !== undefined) query.andWhere('row.started_at < :to', { to });
  if (idToken !== undefined) query.andWhere('lower(row.id_token) = lower(:idToken)', { idToken });
  if (remoteStartId !== undefined) query.andWhere('row.remote_start_id = :remoteStartId', { remoteStartId });
  if (reservationId !== undefined) query.andWhere('row.reservation_id = :reservationId', { reservationId });
  if (evseId !== undefined) query.andWhere('row.evse_id = :evseId', { evseId });
  if (tags !== undefined) query.andWhere(taggedStation('row', 'CAST(:tags AS jsonb)'), { tags: JSON.stringify(tags) });
  if (suspect !== undefined) query.andWhere(`row.suspect_since IS ${suspect ? 'NOT NULL' : 'NULL'}`);
  if (unassigned !== undefined) query.andWhere(`row.unassigned_reason IS ${unassigned ? 'NOT NULL' : 'NULL'}`);
}

function keyset(cursor: string): { startedAt: Date; id: string } {
  const [time = '', id = ''] = textsOf(cursor, 2);
  const startedAt = new Date(time);
  // Years of four digits: Postgres reaches less far back than JavaScript.
  const sound = /^\d{4}-/.test(time) && !Number.isNaN(startedAt.getTime());
  if (!sound || !isBigint(id)) throw new InvalidCursorError();
  return { startedAt, id };
}
