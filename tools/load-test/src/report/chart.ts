export interface Series {
  name: string;
  /** In order of x; null leaves a hole. */
  points: readonly (readonly [number, number | null])[];
}

export interface Chart {
  title: string;
  /** What y is in. */
  unit: string;
  series: readonly Series[];
  scale?: 'log';
  /** Names of stretches of x, drawn behind the curves. */
  bands?: readonly { name: string; from: number; to: number }[];
  /** How x is written; seconds when absent. */
  tick?: (x: number) => string;
}

const WIDTH = 1000;
const HEIGHT = 280;
const LEFT = 64;
const RIGHT = 12;
const TOP = 22;
const BOTTOM = 26;
const COLOURS = [
  '#2563eb',
  '#dc2626',
  '#059669',
  '#d97706',
  '#7c3aed',
  '#0891b2',
  '#db2777',
  '#65a30d',
  '#475569',
  '#ea580c',
  '#a16207',
  '#be123c',
  '#4f46e5',
];
const LINES_OF_Y = 5;
const LINES_OF_X = 8;
/** A curve has no more points than the picture has columns. */
const COLUMNS = 500;

/** A picture of its own: no script, no style from elsewhere. */
export function renderChart(chart: Chart): string {
  const { title, unit, bands = [], scale, tick = (x) => `${Math.round(x)} s` } = chart;
  const series = chart.series.map(thin);
  const xs = series.flatMap(({ points }) => points.map(([x]) => x));
  const ys = series.flatMap(({ points }) => points.flatMap(([, y]) => (y === null ? [] : [y])));
  if (ys.length === 0) return '';
  const [left, right] = [least(xs), Math.max(greatest(xs), least(xs) + 1e-9)];
  const bottom = scale === 'log' ? Math.max(0.01, least(ys)) : 0;
  const top = Math.max(greatest(ys), bottom * 1.01, 1e-9);
  const x = (value: number): number => LEFT + ((value - left) / (right - left)) * (WIDTH - LEFT - RIGHT);
  const height = (value: number): number =>
    scale === 'log'
      ? Math.log(Math.max(value, bottom) / bottom) / Math.log(top / bottom)
      : (value - bottom) / (top - bottom);
  const y = (value: number): number => HEIGHT - BOTTOM - height(value) * (HEIGHT - TOP - BOTTOM);
  const yLines = linesOf(bottom, top, scale).map(
    (value) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>` +
      `<text x="${LEFT - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${short(value)}</text>`,
  );
  const xTicks = Array.from({ length: LINES_OF_X + 1 }, (_, n) => left + (n / LINES_OF_X) * (right - left)).map(
    (value, n) =>
      `<text x="${x(value).toFixed(1)}" y="${HEIGHT - 8}" text-anchor="${n === LINES_OF_X ? 'end' : 'middle'}">${escapeText(tick(value))}</text>`,
  );
  const areas = bands.map(
    ({ name, from, to }, n) =>
      `<rect class="band${n % 2}" x="${x(from).toFixed(1)}" y="${TOP}" width="${Math.max(0, x(to) - x(from)).toFixed(1)}" height="${HEIGHT - TOP - BOTTOM}"/>` +
      `<text x="${(x(from) + 3).toFixed(1)}" y="${TOP - 6}">${escapeText(name)}</text>`,
  );
  const curves = series.map(({ points }, n) => `<path d="${pathOf(points, x, y)}" stroke="${colour(n)}"/>`);
  const legend = series.map(({ name }, n) => `<span><i style="background:${colour(n)}"></i>${escapeText(name)}</span>`);
  return (
    `<figure><figcaption>${escapeText(title)}, ${escapeText(unit)}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeText(title)}">${[...areas, ...yLines, ...xTicks, ...curves].join('')}</svg>` +
    `<div class="legend">${legend.join('')}</div></figure>`
  );
}

/** Round values of y: powers of ten, or steps of 1, 2 or 5 of them. */
export function linesOf(bottom: number, top: number, scale: Chart['scale']): number[] {
  const first = Math.ceil(Math.log10(bottom || 1));
  if (scale === 'log')
    return Array.from({ length: Math.max(0, Math.floor(Math.log10(top)) - first + 1) }, (_, n) => 10 ** (first + n));
  const power = 10 ** Math.floor(Math.log10(top / LINES_OF_Y));
  const step = power * ([1, 2, 5, 10].find((times) => top / (times * power) <= LINES_OF_Y) ?? 10);
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, n) => n * step);
}

/** Of many points in one column, the highest stays: peaks are what is looked for. */
function thin({ name, points }: Series): Series {
  const size = Math.ceil(points.length / COLUMNS);
  if (size <= 1) return { name, points };
  const groups = Array.from({ length: Math.ceil(points.length / size) }, (_, n) =>
    points.slice(n * size, (n + 1) * size),
  );
  return {
    name,
    points: groups.map((group) =>
      group.reduce((highest, one) => ((one[1] ?? -Infinity) > (highest[1] ?? -Infinity) ? one : highest)),
    ),
  };
}

function pathOf(points: Series['points'], x: (value: number) => number, y: (value: number) => number): string {
  let pen = 'M';
  return points
    .map(([at, value]) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

const colour = (n: number): string => COLOURS[n % COLOURS.length] ?? '#000';
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

function short(value: number): string {
  return value >= 10_000
    ? `${Math.round(value / 1000)}k`
    : value >= 10 || value === 0
      ? value.toFixed(0)
      : value.toPrecision(2);
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
