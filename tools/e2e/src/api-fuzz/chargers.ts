import { startCharger } from '@ocpp-gw/charger-sim';
import { startTogether } from '@ocpp-gw/rig';
import type { Answer } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';

const VERSIONS = [
  { version: '1.6', protocol: 'ocpp1.6', suffix: '16' },
  { version: '2.0.1', protocol: 'ocpp2.0.1', suffix: '201' },
] as const;

/** What a charger that misbehaves answers to each CALL. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  ERROR: (_, messageId) => [4, messageId, 'InternalError', 'The relay does not move', {}],
  INVALID: () => ({ status: 17, surprise: ['x'] }),
  SILENT: () => new Promise(() => undefined),
};

/**
 * Chargers of each kind that makes the API answer differently. Of each version one answers (FUZZ-16), one sends CALLERRORs
 * (FUZZ-ERROR-16), one sends invalid answers (FUZZ-INVALID-16), one never answers (FUZZ-SILENT-16). One is offline, and one has a
 * record that may be changed.
 */
export function startFuzzChargers(url: string): Promise<{ stop(): Promise<void> }> {
  return startTogether(async (started) => {
    for (const { version, protocol, suffix } of VERSIONS) {
      const simulated = await startCharger({
        url,
        id: `FUZZ-${suffix}`,
        protocol: version,
        rebootMs: 100,
        stepMs: 20,
        backoff: { firstMs: 100, maxMs: 500 },
      });
      started.onStop(() => simulated.close());
      for (const [kind, answer] of Object.entries(ANSWERS)) {
        const charger = await booted(url, `FUZZ-${kind}-${suffix}`, protocol);
        charger.answer('*', answer);
        started.onStop(() => charger.close());
      }
    }
    for (const id of ['FUZZ-OFFLINE-16', 'FUZZ-CHANGED']) await (await booted(url, id, 'ocpp1.6')).close();
    return {};
  });
}
