import type { Recorded, TransactionMessage } from '@ocpp-gw/ocpp-j';

/** What an effect makes of the station's ledger. `outcome` is of a message that means a transaction. */
export type Decided = Omit<Recorded, 'outcome'> & { outcome?: Recorded['outcome']; message?: TransactionMessage };

/** Based on a version of the ledger, and whether it is a write of it. */
export type Planned = Decided & { version: number; writes: boolean };
