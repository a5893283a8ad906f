import { renderTable } from '@ocpp-gw/data-plane';

export interface Row {
  readonly title: string;
  readonly extent: string;
  readonly ok: boolean;
  readonly seconds: number;
}

export function summary(rows: readonly Row[]): string {
  const cells = rows.map(({ title, extent, ok, seconds }) => [title, extent, seconds.toFixed(1), ok ? 'ok' : 'FAILED']);
  return renderTable([['check', 'of', 's', 'result'], ...cells]);
}
