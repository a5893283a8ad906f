import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { BenchGateway } from './gateway.ts';

/** The consumers' lag is read every 5 s: a zero counts when it is younger than the last event. */
const LAG_AGE_MS = 5_500;
const POLL_MS = 200;
const GIVE_UP_MS = 25_000;

/** Waits until all that was committed has left: what it costs belongs to the messages before it. */
export class Settling {
  readonly #services: BenchGateway['services'];
  readonly #postgres: Client;

  constructor({ services, postgresUrl }: BenchGateway) {
    this.#services = services;
    this.#postgres = new Client({ connectionString: postgresUrl });
  }

  async start(): Promise<void> {
    await this.#postgres.connect();
  }

  async stop(): Promise<void> {
    await this.#postgres.end();
  }

  /** What autovacuum does within a minute: plans made for empty tables read them whole. */
  async analyse(): Promise<void> {
    await this.#postgres.query('VACUUM ANALYZE');
  }

  /** The outbox is empty, and what was in it is in ClickHouse and was posted. */
  async settle(): Promise<void> {
    await until('the outbox to be empty', async () => {
      const { rows } = await this.#postgres.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM outbox WHERE lane IN ('kafka', 'backend')",
      );
      return rows[0]?.n ?? 0;
    });
    await sleep(LAG_AGE_MS);
    await until('the consumers to be done', async () => {
      const { 'clickhouse-ingestor': ingestor, 'webhook-dispatcher': dispatcher } = this.#services;
      return (
        (await ingestor.metric('eveys_ocpp_ingestor_lag_messages')) +
        (await dispatcher.metric('eveys_ocpp_webhook_lag_messages')) +
        (await dispatcher.metric('eveys_ocpp_webhook_deliveries', 'state="pending"'))
      );
    });
  }
}

async function until(what: string, left: () => Promise<number>): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (let n = await left(); n > 0; n = await left()) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${GIVE_UP_MS / 1000} s for ${what}: ${n} left`);
    await sleep(POLL_MS);
  }
}
