import type { ChargerTime, ReportKind, ReportPartEffect } from '@ocpp-gw/ocpp-j';

/** A part without `tbc` is the last one. */
export function reportPart(
  report: ReportKind,
  { requestId, seqNo, tbc = false }: { requestId: number; seqNo?: number; tbc?: boolean },
  items: readonly unknown[],
  time: ChargerTime,
): ReportPartEffect {
  return { kind: 'reportPart', report, requestId, seqNo, last: !tbc, items, time };
}
