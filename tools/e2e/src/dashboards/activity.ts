import type { FakeCharger } from '@ocpp-gw/testing';
import { ROOT } from '@ocpp-gw/rig/settings';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { booted } from '../booted-charger.ts';
import { GatewayClient } from '../grpc-client.ts';
import { TOKEN, rest, type Stack } from '../stack.ts';

export const CHARGE_POINT = 'DASH-16';
const ROUND_MS = 500;

/** A fleet and callers that do of everything a little, until they are stopped: a rate is of what goes on now. */
export class Activity {
  private readonly stopping = new AbortController();
  private readonly stack: Stack;
  private readonly charger: FakeCharger;
  private readonly grpc: GatewayClient;
  private readonly fleets: readonly ChildProcess[];

  private constructor(stack: Stack, charger: FakeCharger) {
    this.stack = stack;
    this.charger = charger;
    this.grpc = new GatewayClient(stack.grpcAddress);
    this.fleets = [fleet(stack.edgeUrls[0], '1.6'), fleet(stack.edgeUrls[1], '2.0.1')];
  }

  static async start(stack: Stack): Promise<Activity> {
    const charger = await booted(stack.edgeUrls[0], CHARGE_POINT, 'ocpp1.6');
    charger.answer('ClearCache', () => ({ status: 'Accepted' }));
    const activity = new Activity(stack, charger);
    await activity.session();
    void activity.run();
    return activity;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.grpc.close();
    await this.charger.close();
    for (const process of this.fleets) {
      process.kill('SIGINT');
      if (process.exitCode === null) await once(process, 'exit');
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.round().catch(() => undefined);
      await sleep(ROUND_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async round(): Promise<void> {
    const { stack, charger } = this;
    const passing = await booted(stack.edgeUrls[1], 'DASH-PASSING', 'ocpp1.6');
    await passing.call('Authorize', { idTag: 'TAG' });
    await passing.close();
    await charger.call('Heartbeat', { more: 'than there is' });
    await charger.call('Invented', {}).catch(() => undefined);
    await rest(stack, 'POST', `/charge-points/${CHARGE_POINT}/commands/clear-cache`, {});
    await rest(stack, 'GET', `/charge-points/${CHARGE_POINT}/meter-values`);
    await rest(stack, 'GET', '/charge-points/NOBODY');
    await this.grpc.call('GetChargePoint', { cp_id: CHARGE_POINT }, TOKEN);
  }

  /** What the charge point has to show of itself: a status, a session, readings, an event of security. */
  private async session(): Promise<void> {
    const { charger } = this;
    const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
    const sampledValue = (value: string) => [{ value, measurand: 'Energy.Active.Import.Register', unit: 'Wh' }];
    const status = { connectorId: 1, errorCode: 'NoError' };
    await charger.call('StatusNotification', { ...status, status: 'Preparing' });
    const { transactionId } = await charger.call('StartTransaction', {
      ...{ connectorId: 1, idTag: 'TAG', meterStart: 1000, timestamp: at(-1800) },
    });
    const values = [1200, 1900].map((value, n) => ({
      timestamp: at(-1200 + 600 * n),
      sampledValue: sampledValue(String(value)),
    }));
    await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue: values });
    await charger.call('StopTransaction', { transactionId, meterStop: 2000, timestamp: at(-60), idTag: 'TAG' });
    await charger.call('SecurityEventNotification', { type: 'StartupOfTheDevice', timestamp: at(0) });
  }
}

/** The simulator, as `make simulator` runs it. */
function fleet(url: string, protocol: string): ChildProcess {
  const prefix = `DASH${protocol.replaceAll('.', '')}-`;
  return spawn(
    process.execPath,
    [
      '--conditions=@ocpp-gw/source',
      join(ROOT, 'tools/charger-sim/src/main.ts'),
      ...['--url', url, '--protocol', protocol, '--id-prefix', prefix, '--count', '2'],
      ...['--sessions', '100000', '--meter-interval', '300ms'],
    ],
    { stdio: 'ignore', env: { PATH: process.env['PATH'] } },
  );
}
