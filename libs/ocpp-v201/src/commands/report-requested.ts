import type { ReportKind, ReportRequestedEffect } from '@ocpp-gw/ocpp-j';

/** The statuses that mean that the request is accepted and that there is nothing to report. */
const EMPTY: ReadonlySet<string> = new Set(['EmptyResultSet', 'NoProfiles', 'Unknown']);

/** A report that the station will send in parts. */
export function reportRequested(
  report: ReportKind,
  requestId: number,
  { status }: { status: string },
): readonly ReportRequestedEffect[] {
  const empty = EMPTY.has(status);
  return empty || status === 'Accepted' ? [{ kind: 'reportRequested', report, requestId, empty }] : [];
}
