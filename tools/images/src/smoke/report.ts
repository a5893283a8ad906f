import type { App } from '@ocpp-gw/rig/settings';

/** What is known of an image in the end; what was not reached is absent. */
export interface Line {
  app: App;
  sizeBytes?: number;
  user?: string;
  bootMs?: number;
  drainMs?: number;
}

const HEAD = ['image', 'size', 'user', 'boot', 'drain'];

/** Columns as wide as their widest cell; the first one to the left, numbers to the right. */
export function renderTable(lines: readonly Line[]): string {
  const rows = [HEAD, ...lines.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

function cellsOf({ app, sizeBytes, user, bootMs, drainMs }: Line): string[] {
  const seconds = (ms: number | undefined): string => (ms === undefined ? '-' : `${(ms / 1000).toFixed(1)} s`);
  const megabytes = sizeBytes === undefined ? '-' : `${(sizeBytes / 1e6).toFixed(0)} MB`;
  return [app, megabytes, user ?? '-', seconds(bootMs), seconds(drainMs)];
}
