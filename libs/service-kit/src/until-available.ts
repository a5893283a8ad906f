import { backoffMs } from '@ocpp-gw/async';
import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceConfig } from './config.ts';
import { LOGGER, type Logger } from './logger.ts';

const DELAY = { firstMs: 250, maxMs: 5_000 };

export interface StartTimeout {
  /** EVEYS_OCPP_START_TIMEOUT_S. */
  seconds: number;
  logger: Logger;
}

/** As configured for the service. */
export function startTimeout(
  app: INestApplicationContext,
  { EVEYS_OCPP_START_TIMEOUT_S }: Pick<ServiceConfig, 'EVEYS_OCPP_START_TIMEOUT_S'>,
): StartTimeout {
  return { seconds: EVEYS_OCPP_START_TIMEOUT_S, logger: app.get<Logger>(LOGGER) };
}

/**
 * Starts what needs others to be there, again and again while an error says that they may come (`retriable`): a process
 * that dies of an engine's restart is back only when somebody starts it. Then, and for any other error, it rejects.
 */
export async function untilAvailable(start: () => Promise<void>, { seconds, logger }: StartTimeout): Promise<void> {
  const giveUpAt = performance.now() + seconds * 1000;
  for (let failures = 1; ; failures += 1) {
    try {
      return await start();
    } catch (err) {
      const left = giveUpAt - performance.now();
      if (!isRetriable(err) || left <= 0) throw err;
      logger.warn('start waits for a dependency', { err, secondsLeft: Math.ceil(left / 1000) });
      await sleep(Math.min(backoffMs(failures, DELAY), left));
    }
  }
}

function isRetriable(error: unknown): boolean {
  return error instanceof Error && 'retriable' in error && error.retriable === true;
}
