import { afterEach, describe, expect, it } from '@jest/globals';
import { FakeCsms } from './testdata/fake-csms.ts';
import { type FleetOptions, runFleet } from './fleet.ts';

describe('a fleet', () => {
  let csms: FakeCsms;
  const options = (): FleetOptions => ({
    url: csms.url,
    protocol: '1.6',
    ids: ['A', 'B', 'C'],
    sessions: 2,
    meterValues: 1,
    meterIntervalMs: 5,
    stepMs: 1,
    stay: false,
    timeoutMs: 2000,
    staggerMs: 1,
  });
  afterEach(() => csms.stop());

  it('does all sessions of all chargers side by side', async () => {
    csms = await FakeCsms.start('1.6');
    const summary = await runFleet(options());
    expect(summary).toMatchObject({ chargers: 3, accepted: 3, sessions: 6, acknowledged: 6, problems: [], ok: true });
    expect(csms.payloads('StopTransaction')).toHaveLength(6);
    expect(csms.violations).toEqual([]);
  });

  it('fails when a session is not acknowledged, and says which', async () => {
    csms = await FakeCsms.start('1.6');
    csms.answer('Authorize', (_, cpId) => ({ idTagInfo: { status: cpId === 'B' ? 'Blocked' : 'Accepted' } }));
    const summary = await runFleet({ ...options(), sessions: 1 });
    expect(summary).toMatchObject({ acknowledged: 2, problems: ['B: id token SIM-TAG-1: Blocked'], ok: false });
  });

  it('fails when a charger is not accepted in time', async () => {
    csms = await FakeCsms.start('1.6');
    csms.refusal = 404;
    const summary = await runFleet({ ...options(), ids: ['A'], timeoutMs: 2_000 });
    expect(summary).toMatchObject({ accepted: 0, ok: false });
    expect(summary.problems).toEqual([expect.stringMatching(/^A: not accepted in 2000 ms \(.*HTTP 404: not today\)$/)]);
  });

  it('stays until it is interrupted, then ends its sessions in order', async () => {
    csms = await FakeCsms.start('1.6');
    const interruption = new AbortController();
    const running = runFleet({
      ...options(),
      ids: ['A'],
      sessions: 1,
      meterValues: undefined,
      stay: true,
      signal: interruption.signal,
    });
    await csms.until('MeterValues', 2);
    interruption.abort();
    expect(await running).toMatchObject({ acknowledged: 1, ok: true });
    expect(csms.payloads('StopTransaction')).toHaveLength(1);
  });

  it('ends on interruption what the CSMS started, and waits for its acknowledgement', async () => {
    csms = await FakeCsms.start('1.6');
    const interruption = new AbortController();
    const running = runFleet({ ...options(), ids: ['A'], sessions: 0, stay: true, signal: interruption.signal });
    await csms.until('StatusNotification', 3);
    await csms.call('RemoteStartTransaction', { idTag: 'TAG', connectorId: 1 });
    await csms.until('MeterValues', 1);
    interruption.abort();
    await running;
    expect(csms.payloads('StopTransaction')).toHaveLength(1);
  });

  it('gives up quietly when it is interrupted before a charger is accepted', async () => {
    csms = await FakeCsms.start('1.6');
    csms.refusal = 503;
    const interruption = new AbortController();
    const running = runFleet({ ...options(), ids: ['A'], stay: true, signal: interruption.signal });
    interruption.abort();
    expect(await running).toMatchObject({ accepted: 0, ok: false });
  });
});
