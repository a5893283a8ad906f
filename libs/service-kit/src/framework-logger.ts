import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.ts';

/** Nest's own lines through our logger: what it wired and mapped is for debugging, what went wrong is not. */
export class FrameworkLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...details: unknown[]): void {
    this.logger.debug(String(message), { context: details.at(-1) });
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.logger.warn(String(message), { context: details.at(-1) });
  }

  /** Nest passes a stack before the context. */
  error(message: unknown, ...details: unknown[]): void {
    const stack = details.length > 1 ? details[0] : undefined;
    this.logger.error(String(message), { context: details.at(-1), ...(stack === undefined ? {} : { stack }) });
  }
}
