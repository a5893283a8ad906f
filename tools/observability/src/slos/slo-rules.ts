import { alertPart, errorBudget, type Slo } from './slo.ts';

const RUNBOOK = 'https://github.com/ocpp-gw/ocpp-gateway/blob/main/docs/runbooks/slos.md';

/** The budget of 30 days, burnt at `rate` times the speed that would just use it up; both windows have to show it. */
interface BurnRate {
  readonly rate: number;
  readonly long: string;
  readonly short: string;
}

interface Speed {
  readonly name: 'Fast' | 'Slow';
  readonly severity: 'critical' | 'warning';
  readonly for: string;
  readonly burns: readonly BurnRate[];
}

/** As in chapter 5 of Google's "The Site Reliability Workbook". */
export const SPEEDS: readonly Speed[] = [
  {
    name: 'Fast',
    severity: 'critical',
    for: '2m',
    burns: [
      { rate: 14.4, long: '1h', short: '5m' },
      { rate: 6, long: '6h', short: '30m' },
    ],
  },
  {
    name: 'Slow',
    severity: 'warning',
    for: '15m',
    burns: [
      { rate: 3, long: '1d', short: '2h' },
      { rate: 1, long: '3d', short: '6h' },
    ],
  },
];

const WINDOWS = [...new Set(SPEEDS.flatMap(({ burns }) => burns.flatMap(({ long, short }) => [short, long])))];

export interface Rule {
  record?: string;
  alert?: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}

export const errorRatio = (window: string): string => `eveys_ocpp:slo_error_ratio:rate${window}`;

/** The share of bad events over each window. Without events there is none, and no alert. */
function recordings({ id, good, total }: Slo): Rule[] {
  return WINDOWS.map((window) => {
    const [goodRate, totalRate] = [good, total].map((rates) => rates.replaceAll('WINDOW', window));
    // Where nothing is good, there may be no series of it.
    return {
      record: errorRatio(window),
      expr: `1 - ((${goodRate}) or (${totalRate}) * 0) / (${totalRate} > 0)`,
      labels: { slo: id },
    };
  });
}

function alerts(slo: Slo): Rule[] {
  const which = slo.each ? ` for {{ $labels.${slo.each.join(' }} {{ $labels.')} }}` : '';
  return SPEEDS.map((speed) => {
    const alert = `OcppSlo${alertPart(slo)}${speed.name}`;
    const burning = speed.burns.map(({ rate, long, short }) =>
      [long, short].map(
        (window) => `${errorRatio(window)}{job="${slo.app}",slo="${slo.id}"} > ${rate} * ${errorBudget(slo)}`,
      ),
    );
    return {
      alert,
      expr: burning.map((both) => `(${both.join(' and ')})`).join(' or '),
      for: speed.for,
      labels: { severity: speed.severity },
      annotations: {
        summary: `${slo.title}${which}: {{ $value | humanizePercentage }} end badly, and ${errorBudget(slo) * 100} % may`,
        description: `${slo.promise} ${speed.name === 'Fast' ? 'The budget of 30 days is used up within days.' : 'The budget of 30 days is used up before they are over.'}`,
        runbook_url: `${RUNBOOK}#${alert.toLowerCase()}`,
      },
    };
  });
}

/** The rules of one objective. */
export function sloGroup(slo: Slo): { name: string; rules: Rule[] } {
  return { name: `slo-${slo.id}`, rules: [...recordings(slo), ...alerts(slo)] };
}
