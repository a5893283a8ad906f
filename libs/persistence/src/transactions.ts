import { decodeCursor, encodeCursor, isBigint } from './cursor.ts';
import type { Database } from './database.ts';
import { transactionEntity } from './entities/transaction.ts';
import { InvalidCursorError } from './errors.ts';
import type { Page, TransactionRecord } from './records.ts';
import { readTransaction } from './transaction-row.ts';

export interface TransactionFilter {
  limit: number;
  cursor?: string;
  cpId?: string;
  state?: TransactionRecord['state'];
  /** Started at or after. */
  from?: Date;
  /** Started before. */
  to?: Date;
}

/** Transactions, read. They are written by ws-edge's effects alone. */
export class Transactions {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Newest first. @throws InvalidCursorError */
  async list({ limit, cursor, cpId, state, from, to }: TransactionFilter): Promise<Page<TransactionRecord>> {
    const query = this.rows()
      .orderBy('row.startedAt', 'DESC')
      .addOrderBy('row.id', 'DESC')
      .limit(limit + 1);
    if (cursor !== undefined) query.andWhere('(row.started_at, row.id) < (:startedAt, :id)', keyset(cursor));
    if (cpId !== undefined) query.andWhere('row.cp_id = :cpId', { cpId });
    if (state !== undefined) query.andWhere('row.state = :state', { state });
    if (from !== undefined) query.andWhere('row.started_at >= :from', { from });
    if (to !== undefined) query.andWhere('row.started_at < :to', { to });
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
    return this.database.source.getRepository(transactionEntity).createQueryBuilder('row');
  }
}

function keyset(cursor: string): { startedAt: Date; id: string } {
  const [time = '', id = ''] = decodeCursor(cursor, 2);
  const startedAt = new Date(time);
  // Years of four digits: Postgres reaches less far back than JavaScript.
  const sound = /^\d{4}-/.test(time) && !Number.isNaN(startedAt.getTime());
  if (!sound || !isBigint(id)) throw new InvalidCursorError();
  return { startedAt, id };
}
