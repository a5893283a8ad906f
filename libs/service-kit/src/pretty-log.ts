import type { DestinationStream } from 'pino';
import { PinoPretty } from 'pino-pretty';

/** Human-readable lines, for a developer's terminal. */
export function pretty(destination?: DestinationStream): DestinationStream {
  return PinoPretty({
    ignore: 'pid,hostname,service,pod',
    translateTime: 'HH:MM:ss.l',
    ...(destination ? { destination: destination as NodeJS.WritableStream } : {}),
  });
}
