import { describe, expect, it } from '@jest/globals';
import { runSimulator } from '../simulator.ts';
import { rest, type Stack } from '../stack.ts';

/** Our own simulator, as `make simulator` runs it: what it calls acknowledged must be what the gateway has. */
export function simulatorSuite(stack: () => Stack): void {
  describe.each(['1.6', '2.0.1'])('three simulated chargers on OCPP %s', (protocol) => {
    it('leave two ended transactions each, with the energy that their meters counted', async () => {
      const prefix = `SIM${protocol.replaceAll('.', '')}-`;
      const { stdout } = await runSimulator([
        ...['--url', stack().edgeUrls[0], '--protocol', protocol, '--id-prefix', prefix, '--count', '3'],
        ...['--sessions', '2', '--meter-interval', '200ms', '--power', '350000'],
      ]);
      expect(stdout).toMatch(/ok: 3\/3 chargers accepted, 6\/6 sessions acknowledged/);
      for (const cpId of ['0001', '0002', '0003'].map((number) => `${prefix}${number}`)) {
        const { body } = await rest(stack(), 'GET', `/transactions?cp_id=${cpId}`);
        const items = body['items'] as { state: string; energy_wh: number; missing_seq_nos: number[] }[];
        expect(items.map(({ state, missing_seq_nos }) => ({ state, missing_seq_nos }))).toEqual(
          Array(2).fill({ state: 'ended', missing_seq_nos: [] }),
        );
        for (const { energy_wh } of items) expect(energy_wh).toBeGreaterThan(0);
      }
    }, 60_000);
  });
}
