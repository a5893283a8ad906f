import type { ErrorEvent } from '@sentry/node';
import { activeSpan } from '../tracing/spans.ts';

const LAST_REPORTS_MS = 2_000;
/** What Sentry would add to a report by itself. */
const NOTHING_ELSE = {
  ...{ userInfo: false, cookies: false, httpHeaders: false, httpBodies: [], urlQueryParams: false },
  ...{ databaseQueryData: false, queues: false, stackFrameVariables: false, frameContextLines: 0 },
};
const REDACTED = '[redacted]';

/** The fields of a log line that a report may have. Others may hold what a charge point or a caller sent. */
const TAGS = [
  'service',
  'pod',
  'cp_id',
  'connection_id',
  'protocol',
  'action',
  'message_id',
  'command_id',
  'request_id',
  'problem',
  'subscription',
  'event_type',
  'topic',
  'lane',
] as const;

/** Where unexpected errors are reported to. */
export interface ErrorReports {
  /** @param fields those of the log line */
  report(error: Error, message: string, fields: Record<string, unknown>): void;
  /** Resolves when the reports so far are sent, or cannot be sent in time. */
  flush(): Promise<void>;
}

/**
 * Loads Sentry. It gets the error with its causes, the message of the log line, and the ids that the line names. What else Sentry collects
 * by itself (requests, console, local variables, lines of source) is not switched on.
 * @param secrets values that are cut out of every report
 */
export async function startErrorReports(dsn: string, secrets: readonly string[]): Promise<ErrorReports> {
  const sentry = await import('@sentry/node');
  sentry.initWithoutDefaultIntegrations({
    dsn,
    integrations: [sentry.linkedErrorsIntegration()],
    dataCollection: NOTHING_ELSE,
    sendClientReports: false,
    maxBreadcrumbs: 0,
    beforeSend: (event) => without(secrets, event),
  });
  return {
    report(error, message, fields) {
      const ids = activeSpan()?.ids;
      sentry.captureException(error, {
        tags: tagsOf(fields),
        // The same message is the same fault, whatever the error says.
        fingerprint: ['{{ default }}', message],
        contexts: { log: { message }, ...(ids && { trace: ids }) },
      });
    },
    async flush() {
      await sentry.flush(LAST_REPORTS_MS);
    },
  };
}

function tagsOf(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    TAGS.flatMap((name) => {
      const value = fields[name];
      return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 200)]] : [];
    }),
  );
}

function without(secrets: readonly string[], event: ErrorEvent): ErrorEvent {
  let text = JSON.stringify(event);
  for (const secret of secrets) text = text.replaceAll(JSON.stringify(secret).slice(1, -1), REDACTED);
  return JSON.parse(text) as ErrorEvent;
}
