import { describe, expect, it } from '@jest/globals';
import type { Measured, Run } from './bench.ts';
import { faults, report } from './report.ts';

const summary = { count: 1000, p50: 2, p95: 4, p99: 5, max: 9 };
const run = (workload: Run['workload'], loop: Run['loop'], spent: Run['spent'], refused = 0): Run => ({
  workload,
  loop,
  load: { messages: 1000, refused, seconds: 2, latency: summary },
  spent,
  seconds: 4,
});

const measured: Measured = {
  beside: [
    { name: 'ws', runs: [run('Heartbeat', 'closed', { ws: 0.05 }), run('session', 'open', { ws: 0.1 })] },
    { name: 'rpc', runs: [run('Heartbeat', 'closed', { rpc: 0.1 }), run('session', 'open', { rpc: 0.2 })] },
  ],
  gateway: [
    run('Heartbeat', 'closed', { 'ws-edge': 0.14 }),
    run('session', 'open', { 'ws-edge': 1.04, postgres: 2, 'load generator': 0.5 }),
  ],
  idle: { 'ws-edge': 0.01 },
  dispatch: { command: summary, directMs: 0.5 },
};

const recording = {
  run: run('session', 'open', { 'ws-edge': 1.24, postgres: 2 }),
  frames: { sent: 2000, recorded: 1990, withSecret: 1 },
};

const lineOf = (start: string): string[] =>
  report(measured)
    .split('\n')
    .find((line) => line.startsWith(start))
    ?.split(/ {2,}/) ?? [];

describe('report', () => {
  it('sets the edge beside other servers, message by message, less what it burns idle', () => {
    expect(lineOf('Heartbeat')).toEqual(['Heartbeat', '50', '100', '100', '2.0', '1.0', '500', '2.0', '5.0']);
  });

  it('names the open loop', () => {
    expect(lineOf('session, open')).toEqual([
      'session, open loop',
      '100',
      '200',
      '1000',
      '10.0',
      '5.0',
      '500',
      '2.0',
      '5.0',
    ]);
  });

  it('adds up the processes of the gateway, and not the world outside', () => {
    expect(lineOf('postgres')).toEqual(['postgres', '2000', '0.0']);
    expect(lineOf('these four')).toEqual(['these four together', '3000', '10.0']);
    expect(lineOf('÷ ws')).toEqual(['÷ ws', '30.0']);
    expect(lineOf('together')).toEqual(['together', '3000', '10.0']);
    expect(lineOf('load generator')).toEqual(['load generator', '500', '0.0']);
  });

  it('sets a recorded session beside one that is not, and says what became of its frames', () => {
    expect(report(measured)).not.toContain('Recording');
    const text = report({ ...measured, recording });
    expect(text).toMatch(/^ws-edge +1000 +1200 +200$/m);
    expect(text).toMatch(/^together +3000 +3200 +200$/m);
    expect(text).toContain('1990 of 2000 frames are recorded, 1 of them hold the secret');
  });

  it('says what dispatch adds to the CALL itself', () => {
    expect(lineOf('added by dispatch')).toEqual(['added by dispatch (must be below 5)', '1.50']);
  });
});

describe('faults', () => {
  it('finds none where every message was answered', () => {
    expect(faults(measured)).toEqual([]);
  });

  it('names a run with CALLERRORs, whose cost means nothing', () => {
    const bad = { ...measured, gateway: [run('MeterValues', 'closed', {}, 3)] };
    expect(faults(bad)).toEqual(['MeterValues, closed loop: 3 of 1000 answered by a CALLERROR']);
  });

  it('names recorded frames that were lost, and a secret in them', () => {
    expect(faults({ ...measured, recording })).toEqual([
      '1990 of 2000 frames were recorded',
      '1 recorded frames hold a secret',
    ]);
  });
});
