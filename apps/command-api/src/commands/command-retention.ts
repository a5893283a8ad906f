import { HourlyDeletion, deleteInSteps } from '@ocpp-gw/async';
import type { Commands } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';

const DAY_MS = 86_400_000;
/** Rows that one statement deletes. */
const STEP = 1_000;

/** Deletes commands that are older than so many days. */
export class CommandRetention extends HourlyDeletion {
  constructor(commands: Pick<Commands, 'prune'>, days: number, logger: Logger) {
    super({
      keptMs: days * DAY_MS,
      deleteOld: (before) => deleteInSteps(STEP, (limit) => commands.prune(before, limit)),
      failed: (err) => logger.warn('old commands could not be deleted', { err }),
    });
  }
}
