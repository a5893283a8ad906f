import { Gateway } from '@ocpp-gw/client';
import { clockIsAbsurd } from '@ocpp-gw/ocpp-j';
import { sessionsOf } from '@ocpp-gw/conversation';
import type { Payload } from '../message.ts';
import type { Difference } from './outcome.ts';
import type { Recording } from './recording.ts';
import { compareOthers, compareRow, matchRows, type Row } from './rows.ts';

/** The REST API of the gateway that a recording is replayed against. */
export class ReplayRest {
  readonly #gateway: Gateway;

  /** @param address with or without /api/v1 */
  constructor(address: string, token: string) {
    this.#gateway = new Gateway({ baseUrl: address.replace(/\/+$/, '').replace(/\/api\/v1$/, ''), token });
  }

  /** Has the gateway send a CALL to the charge point. @throws GatewayProblem */
  async command(cpId: string, action: string, payload: Payload): Promise<void> {
    const params = { path: { cp_id: cpId, action } };
    await this.#gateway.api.POST('/api/v1/charge-points/{cp_id}/calls/{action}', { params, body: payload });
  }

  /** Ids and revisions of the transactions that there are. @throws GatewayProblem */
  async known(cpId: string): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.#rows(cpId)).map((row) => [row.transaction_id, row.revision]));
  }

  /** Compares the rows with what the recording implies. @throws GatewayProblem */
  async compareRows(
    cpId: string,
    recording: Recording,
    {
      shiftMs,
      idNow,
      before,
    }: { shiftMs: number; idNow(recorded: string): string; before: ReadonlyMap<string, number> },
  ): Promise<{ compared: number; differences: Difference[] }> {
    const now = new Date();
    const { sessions, unassignedStops } = sessionsOf(recording);
    const { matched, others } = matchRows(sessions, await this.#rows(cpId), idNow);
    // What began before the recording is not known well enough to be compared.
    const whole = matched.filter(({ session }) => session.start);
    const differences = whole.flatMap((each) =>
      compareRow(each, shiftMs, (time) => !clockIsAbsurd(time.toISOString(), now)),
    );
    const additional = others.filter((row) => before.get(row.transaction_id) !== row.revision);
    return { compared: whole.length, differences: [...differences, ...compareOthers(additional, unassignedStops)] };
  }

  async #rows(cpId: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const row of this.#gateway.list('/api/v1/transactions', { query: { cp_id: cpId, limit: 500 } }))
      rows.push(row);
    return rows;
  }
}
