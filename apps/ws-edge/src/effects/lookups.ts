import type { ConcurrencyQuery } from '@ocpp-gw/ocpp-j';
import type { Sql } from '@ocpp-gw/persistence';
import { cleanText, int32 } from './wire-values.ts';

/** Transactions as the protocol libraries ask for them: only ever those of the asking station (notes 4). */
export class TransactionLookups {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /**
   * Whether the token charges elsewhere, at any station. A connector charges one at a time: what still runs on the
   * asking one according to our records has lost its stop (notes 4.6), and so may have what something speaks against.
   */
  async concurrent(cpId: string, { idToken, start }: ConcurrencyQuery): Promise<boolean> {
    const [row] = await this.sql.query<{ charging: boolean }>(
      `SELECT EXISTS (
         SELECT FROM transactions
         WHERE state = 'active' AND suspect_since IS NULL AND lower(id_token) = lower($2)
           AND (cp_id, evse_id) IS DISTINCT FROM ($1, $3::integer)) AS charging`,
      [cpId, cleanText(idToken.idToken), int32(start.connectorId)],
    );
    return row?.charging === true;
  }
}
