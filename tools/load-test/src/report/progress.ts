import type { Second } from '../measure/timeline.ts';
import type { Phase } from '../plan/phases.ts';

/** A second of the run, in one line. */
export function progressLine(
  { at, planned, answered, errors, connected, waiting, p99 }: Second,
  { name }: Phase,
): string {
  const latency = p99 === null ? '' : `  p99 ${p99.toFixed(p99 < 10 ? 1 : 0)} ms`;
  return (
    `${at.toFixed(0).padStart(6)} s  ${name.padEnd(9)}  planned ${planned}/s  answered ${answered}/s${latency}` +
    `  waiting ${waiting}  connected ${connected}${errors > 0 ? `  errors ${errors}` : ''}`
  );
}
