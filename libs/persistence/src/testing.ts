import type { Database } from './database.ts';
import { SQL, type Connection, type Sql } from './sql.ts';

/** For tests, which read what the writers wrote and insert the rows that a test needs. */
export function sqlOf(connection: Connection): Sql {
  return connection[SQL];
}

/** A database that answers with what `answer` says. */
export function fakeDatabase(
  answer: (text: string, values: readonly unknown[], inTransaction: boolean) => object[],
): Database {
  const connection = (inTransaction: boolean): Connection => ({
    [SQL]: { query: (text, values = []) => Promise.resolve(answer(text, values, inTransaction) as never[]) },
  });
  const transaction: Database['transaction'] = (work) => work(connection(true));
  const transactionEndingWith: Database['transactionEndingWith'] = async (work) => {
    const last = await work(connection(true));
    return last ? connection(true)[SQL].query(last.text, last.values) : [];
  };
  return { ...connection(false), transaction, transactionEndingWith } as Database;
}

export type { Sql };
