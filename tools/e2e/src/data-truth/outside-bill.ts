import { nameOf, type Pair } from './sessions.ts';
import { verdictOf, type Verdict } from './verdict.ts';
import type { Views } from './views.ts';

/** Those that bring registers into a session which are not its meter's between begin and end. */
const OUTSIDE = ['spike-reading', 'zero-reading', 'stray-reading', 'kwh-without-unit', 'register-reset'];

/** Readings outside of the bill are there where the charger sent some, and nowhere else. */
export function outsideBillVerdicts(pairs: readonly Pair[], views: Views): Verdict[] {
  const rows = Map.groupBy(views.outsideBill, nameOf);
  return pairs.flatMap(({ session, row }) => {
    if (!row || row.energy_wh !== session.energyWh) return [];
    const sent = session.misbehaviours.some((name) => OUTSIDE.includes(name));
    const values = rows.get(nameOf(row)) ?? [];
    const inside = values.filter(({ value }) => value >= session.registerBeginWh && value <= session.registerEndWh);
    const what =
      inside.length > 0
        ? `${row.transaction_id}: ${inside[0]?.value} Wh lies inside`
        : !sent && values.length > 0
          ? `${row.transaction_id}: ${values[0]?.value} Wh was never sent`
          : null;
    return [verdictOf({ source: 'samples_outside_bill', cpId: session.cpId, session: session.session }, what)];
  });
}
