import { GENERATOR, type Beside, type Measured, type Run } from './bench.ts';
import { perMessage } from './cpu/cpu-meter.ts';
import { renderTable } from './table.ts';

/** What it takes until the charger has its answer and the event is in Kafka; peers are measured without more. */
const CORE = ['ws-edge', 'postgres', 'redis', 'kafka'];
/** What a message costs the gateway: every process of its own. */
const SYSTEM = [...CORE, 'clickhouse', 'clickhouse-ingestor', 'webhook-dispatcher', 'command-api'];
/** What stands for the world outside. */
const OUTSIDE = ['mock backend', GENERATOR];

const whole = (value: number): string => Math.round(value).toString();
const tenth = (value: number): string => value.toFixed(1);

export function report(measured: Measured): string {
  return [
    `CPU of one message, µs, user and system\n\n${besidePeers(measured)}`,
    `CPU of one message of a session by process, µs, less what the process burns idle\n\n${byProcess(measured)}`,
    `A command over REST to a charger on another process, ms\n\n${dispatch(measured)}`,
    ...recording(measured),
  ].join('\n\n');
}

function besidePeers({ beside, gateway, idle }: Measured): string {
  const rows = gateway.map((edge) => {
    const edgeCost = cost(edge, 'ws-edge', idle['ws-edge']);
    const peers = beside.map((peer) => costBeside(peer, edge));
    const { p50, p99 } = edge.load.latency;
    return [
      edge.loop === 'open' ? `${edge.workload}, open loop` : edge.workload,
      ...[...peers, edgeCost].map(whole),
      ...peers.map((peer) => tenth(edgeCost / peer)),
      ...[rateOf(edge), tenth(p50), tenth(p99)],
    ];
  });
  const names = beside.map(({ name }) => name);
  const titles = ['message', ...names, 'ws-edge', ...names.map((name) => `÷ ${name}`)];
  return renderTable([[...titles, 'edge msg/s', 'edge p50 ms', 'edge p99 ms'], ...rows]);
}

function byProcess({ beside, gateway, idle }: Measured): string {
  const sessions = gateway.filter(({ workload }) => workload === 'session');
  const costs = (name: string): number[] => sessions.map((run) => cost(run, name, idle[name]));
  const row = (name: string): string[] => [name, ...costs(name).map(whole), tenth((idle[name] ?? 0) * 1000)];
  const total = (title: string, names: readonly string[]): string[] => [
    title,
    ...sessions.map((run) => whole(together(run, names, idle))),
    tenth(sum(names, (name) => (idle[name] ?? 0) * 1000)),
  ];
  const ratios = beside.map((peer) => [
    `÷ ${peer.name}`,
    ...sessions.map((run) => tenth(together(run, CORE, idle) / costBeside(peer, run))),
    '',
  ]);
  const totals = [
    total('these four together', CORE),
    ...ratios,
    ...SYSTEM.slice(CORE.length).map(row),
    total('together', SYSTEM),
  ];
  const titles = ['process', ...sessions.map(({ loop, ...run }) => `${loop}, ${rateOf(run)} msg/s`), 'idle ms/s'];
  return renderTable([titles, ...CORE.map(row), ...totals, ...OUTSIDE.map(row)]);
}

function dispatch({ dispatch: { command, directMs } }: Measured): string {
  return renderTable([
    ['', 'p50', 'p95', 'p99'],
    ['POST …/commands/clear-cache, answered', ...[command.p50, command.p95, command.p99].map((ms) => ms.toFixed(2))],
    ['the CALL on the socket itself, mean', directMs.toFixed(2), '', ''],
    ['added by dispatch (must be below 5)', (command.p50 - directMs).toFixed(2), '', ''],
  ]);
}

function recording({ gateway, idle, recording }: Measured): string[] {
  const off = gateway.find(({ workload, loop }) => workload === 'session' && loop === 'open');
  if (!recording || !off) return [];
  const { run: on, frames } = recording;
  const row = (title: string, of: (run: Run) => number): string[] => [
    title,
    ...[of(off), of(on), of(on) - of(off)].map(whole),
  ];
  const table = renderTable([
    ['process', 'off', 'on', 'more'],
    ...SYSTEM.map((name) => row(name, (run) => cost(run, name, idle[name]))),
    row('together', (run) => together(run, SYSTEM, idle)),
    ['p99 of an answer, ms', ...[off, on].map(({ load }) => tenth(load.latency.p99)), ''],
  ]);
  return [
    `Recording of frames, off and on: CPU of one message of a session in the open loop, µs (two frames)\n\n${table}`,
    `${frames.recorded} of ${frames.sent} frames are recorded, ${frames.withSecret} of them hold the secret that was sent`,
  ];
}

function cost({ spent, seconds, load }: Run, name: string, idlePerSecond = 0): number {
  return perMessage(spent[name] ?? 0, seconds, idlePerSecond, load.messages);
}

function sum(names: readonly string[], of: (name: string) => number): number {
  return names.reduce((total, name) => total + of(name), 0);
}

/** What a message costs these processes. */
function together(run: Run, names: readonly string[], idle: Measured['idle']): number {
  return sum(names, (name) => cost(run, name, idle[name]));
}

/** What a message of the same load costs the peer. */
function costBeside({ name, runs }: Beside, { workload, loop }: Run): number {
  const run = runs.find((one) => one.workload === workload && one.loop === loop);
  return run ? cost(run, name) : Number.NaN;
}

function rateOf({ load }: Pick<Run, 'load'>): string {
  return whole(load.messages / load.seconds);
}

/** What makes a run worthless, if anything. */
export function faults({ beside, gateway, recording }: Measured): string[] {
  const refused = [...beside.flatMap(({ runs }) => runs), ...gateway, ...(recording ? [recording.run] : [])].flatMap(
    ({ workload, loop, load }) =>
      load.refused > 0
        ? [`${workload}, ${loop} loop: ${load.refused} of ${load.messages} answered by a CALLERROR`]
        : [],
  );
  const { sent, recorded, withSecret } = recording?.frames ?? { sent: 0, recorded: 0, withSecret: 0 };
  return [
    ...refused,
    ...(recorded === sent ? [] : [`${recorded} of ${sent} frames were recorded`]),
    ...(withSecret > 0 ? [`${withSecret} recorded frames hold a secret`] : []),
  ];
}
