import type { INestApplication } from '@nestjs/common';
import type { Database } from '@ocpp-gw/persistence';
import { Drain, Readiness, startTimeout, untilAvailable } from '@ocpp-gw/service-kit';
import { DATABASE } from './app.module.ts';
import type { Config } from './config.ts';
import { Dispatcher } from './dispatcher.ts';

const INTAKE_DEADLINE_MS = 8_000;
/** Time beyond the timeout of an attempt, to write its outcome. */
const WRITE_DOWN_MS = 3_000;

/** Begins to consume and deliver once all parts are connected. At SIGTERM it finishes what was begun. */
export async function dispatch(app: INestApplication, config: Config): Promise<void> {
  const dispatcher = app.get(Dispatcher);
  const database = app.get<Database>(DATABASE);
  const readiness = app.get(Readiness);
  const drain = app.get(Drain);
  readiness.check('postgres', () => database.ready());
  readiness.check('kafka', () => dispatcher.consumer.ready());
  drain.step('intake', INTAKE_DEADLINE_MS, () => dispatcher.stopIntake());
  const longestAttemptMs = config.EVEYS_OCPP_WEBHOOK_TIMEOUT_S * 1000;
  drain.step('attempts', longestAttemptMs + WRITE_DOWN_MS, () => dispatcher.stopWorkers());
  await untilAvailable(() => dispatcher.start(), startTimeout(app, config));
}
