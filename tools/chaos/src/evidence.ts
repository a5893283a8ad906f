import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Difference } from './reconciliation/facts.ts';
import type { ChaosGateway } from './gateway/gateway.ts';

/** Leaves all differences, and the end of what Envoy and each service wrote, in a folder. */
export async function keepEvidence(
  differences: readonly Difference[],
  { services, envoy }: Pick<ChaosGateway, 'services' | 'envoy'>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-chaos-evidence-'));
  await writeFile(join(folder, 'differences.json'), JSON.stringify(differences, null, 2));
  if (envoy) await writeFile(join(folder, 'envoy.log'), envoy.output);
  for (const { name, log } of Object.values(services)) await writeFile(join(folder, `${name}.log`), log);
  return folder;
}
