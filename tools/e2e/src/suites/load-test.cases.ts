import { beforeAll, describe, expect, it } from '@jest/globals';
import { readPostgres } from '@ocpp-gw/chaos';
import { problemsOf, readOptions, renderPage, renderReport, runDay, type Report } from '@ocpp-gw/load-test';
import { TOKEN, type Stack } from '../stack.ts';

const CHARGERS = 30;

/** A small day of `make load-test` on the gateway that runs anyway. */
export function loadTestSuite(stack: () => Stack): void {
  let report: Report;

  beforeAll(async () => {
    const { edgeUrls, edges, api, rest, dataPlane } = stack();
    const options = readOptions(['--chargers', String(CHARGERS), '--rate', '40', '--seconds', '2', '--edges', '2']);
    report = await runDay(
      { ...options, command: '', machine: 'a test', say: () => undefined, progress: () => undefined },
      {
        urls: edgeUrls,
        rest,
        token: TOKEN,
        watched: () => ({ 'edge-a': edges[0].pid, 'edge-b': edges[1].pid, 'command-api': api.pid }),
        hasEvents: true,
        // What other suites leave undelivered on purpose is not this one's.
        readKept: async () => ({ ...(await readPostgres(dataPlane.postgresUrl)), undelivered: {} }),
        stop: async () => undefined,
      },
    );
  });

  it('nothing is lost, refused or left open', () => {
    expect(problemsOf(report)).toEqual([]);
  });

  it('every message that was planned was sent and answered, in each phase', () => {
    expect(report.phases.map(({ name }) => name)).toEqual([
      'empty',
      'boot',
      'idle',
      'steady',
      'rush',
      'commands',
      'reconnect',
      'end',
    ]);
    for (const { planned, answered, cutOff } of report.phases) expect(answered + cutOff).toBe(planned);
    for (const { name, latency } of report.phases.filter(({ perSecond }) => perSecond > 0)) {
      expect({ name, count: latency.count > 0, p999: latency.p999 !== null }).toEqual({
        name,
        count: true,
        p999: true,
      });
    }
  });

  it('every transaction that a charger began was ended, and is kept with its energy', () => {
    const { started, ended, events, differences } = report.balance;
    expect(started).toBeGreaterThan(10);
    expect(ended).toBe(started);
    expect(events).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  });

  it('all chargers of both versions came, and those that were cut off came back', () => {
    const returns = Object.fromEntries(report.phases.map(({ name, returns }) => [name, returns]));
    expect(returns['boot']).toMatchObject({ away: CHARGERS, back: CHARGERS, all: expect.any(Number) });
    expect(returns['reconnect']).toMatchObject({ away: 14, back: 14 });
    expect(Object.keys(report.actions)).toEqual(
      expect.arrayContaining([
        'StartTransaction',
        'StopTransaction',
        'TransactionEvent Started',
        'TransactionEvent Ended',
      ]),
    );
  });

  it('commands went through REST to chargers', () => {
    const commands = report.phases.find(({ name }) => name === 'commands')?.commands;
    expect(commands).toEqual({ asked: 10, answeredByChargers: 10, ends: { 200: 10 } });
  });

  describe('the report', () => {
    it('has CPU and memory of every process, the generator included', () => {
      const steady = report.phases.find(({ name }) => name === 'steady');
      for (const name of ['edge-a', 'edge-b', 'command-api', 'generator 1']) {
        expect(steady?.processes[name]?.mib).toBeGreaterThan(1);
        expect(report.kibPerIdleCharger).toHaveProperty(name);
      }
      expect(report.generator.microsPerMessage).toBeGreaterThan(0);
    });

    it('is a table for the terminal, and a page with pictures', () => {
      expect(renderReport(report)).toContain('Nothing is lost, and nothing was answered by an error.');
      expect(renderPage(report).match(/<svg/g)).toHaveLength(6);
    });
  });
}
