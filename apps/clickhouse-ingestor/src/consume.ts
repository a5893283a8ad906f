import type { INestApplication } from '@nestjs/common';
import { Drain, Readiness, startTimeout, untilAvailable } from '@ocpp-gw/service-kit';
import type { Config } from './config.ts';
import { Ingestion } from './ingestion.ts';

const STOP_DEADLINE_MS = 20_000;

/** Begins to consume once all parts are connected. At SIGTERM it inserts and commits what it has read. */
export async function consume(app: INestApplication, config: Config): Promise<void> {
  const ingestion = app.get(Ingestion);
  const readiness = app.get(Readiness);
  readiness.check('kafka', () => ingestion.consumer.ready());
  readiness.check('clickhouse', () => ingestion.inserter.ping());
  app.get(Drain).step('consumer', STOP_DEADLINE_MS, () => ingestion.stop());
  await untilAvailable(() => ingestion.start(), startTimeout(app, config));
}
