import { TOKEN, rest, type Stack } from '../stack.ts';
import { nameOf, type Pair } from './sessions.ts';
import { verdictOf, type Verdict } from './verdict.ts';
import type { Views } from './views.ts';

interface Bucket {
  begins_at: string;
  energy_wh: number;
}

/** As many of each are asked of REST; the others of the same kind have the same code behind them. */
const ASKED = 60;
const DAY_MS = 86_400_000;

/** The series of REST beside the views, which have been compared with what happened. */
export async function seriesVerdicts(stack: Stack, pairs: readonly Pair[], views: Views): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const hours = Map.groupBy(views.hours, ({ cp_id }) => cp_id);
  for (const [cpId, rows] of [...hours].slice(0, ASKED)) {
    const from = Math.min(...rows.map(({ at }) => at));
    const to = Math.min(Math.max(...rows.map(({ at }) => at)) + DAY_MS, from + 90 * DAY_MS);
    const period = `interval=hour&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
    const items = await itemsOf(stack, `/charge-points/${cpId}/energy?${period}`);
    verdicts.push(verdictOf({ source: 'REST /energy', cpId }, differs(items, rows)));
  }
  const quarters = Map.groupBy(views.intervals, nameOf);
  const ended = pairs.filter(({ row }) => row?.ended_ms !== null && row?.energy_wh);
  for (const { session, row } of ended.slice(0, ASKED)) {
    if (!row) continue;
    const id = encodeURIComponent(row.transaction_id);
    const items = await itemsOf(stack, `/charge-points/${row.cp_id}/transactions/${id}/energy?interval=15m`);
    const about = { source: 'REST /transactions/{id}/energy', cpId: session.cpId, session: session.session };
    verdicts.push(verdictOf(about, differs(items, quarters.get(nameOf(row)) ?? [])));
  }
  return verdicts;
}

async function itemsOf(stack: Stack, path: string): Promise<Bucket[]> {
  const { status, body } = await rest(stack, 'GET', path, undefined, TOKEN);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body['items'] as Bucket[];
}

function differs(items: readonly Bucket[], rows: readonly { at: number; energy_wh: number }[]): string | null {
  const of = items.map(({ begins_at, energy_wh }) => ({ at: Date.parse(begins_at), energy_wh }));
  const same = (index: number): boolean =>
    of[index]?.at === rows[index]?.at && Math.abs((of[index]?.energy_wh ?? 0) - (rows[index]?.energy_wh ?? 0)) < 1e-3;
  if (of.length === rows.length && rows.every((_, index) => same(index))) return null;
  const text = (all: readonly { at: number; energy_wh: number }[]): string =>
    all.map(({ at, energy_wh }) => `${at} ${energy_wh.toFixed(4)}`).join(', ');
  return `REST has ${text(of)}; the view ${text(rows)}`;
}
