import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ROOT } from '@ocpp-gw/rig/settings';
import type { FakeCharger } from '@ocpp-gw/testing';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { booted } from '../booted-charger.ts';
import { TOKEN, rest, type Stack } from '../stack.ts';
import { until } from '../until.ts';

const CP = 'DOC-16';
const NEXT = '--- next block ---';

/** The commands of docs/integration/rest.md, block by block in one shell. @returns what each block printed, as JSON */
async function outputs(env: Record<string, string>): Promise<unknown[]> {
  const page = readFileSync(join(ROOT, 'docs/integration/rest.md'), 'utf8');
  const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const script = ['set -euo pipefail', blocks.join(`\necho; echo '${NEXT}'\n`)].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env: { ...process.env, ...env }, cwd: ROOT });
  const [, ...printed] = stdout.split(`\n${NEXT}\n`);
  return printed.map((text) => JSON.parse(text) as unknown);
}

/** The first page for backend developers holds: its commands are run as they stand there. */
export function restPageSuite(stack: () => Stack): void {
  let charger: FakeCharger;

  beforeAll(async () => {
    charger = await booted(stack().edgeUrls[0], CP, 'ocpp1.6');
    for (const action of ['RemoteStartTransaction', 'ClearCache'])
      charger.answer(action, () => ({ status: 'Accepted' }));
    await until(`${CP} to be online`, async () =>
      expect((await rest(stack(), 'GET', `/charge-points/${CP}`)).body).toMatchObject({ online: true }),
    );
  }, 60_000);
  afterAll(() => charger?.close());

  it('its commands read, command, come back for the answer, and get the problem that it shows', async () => {
    expect(await outputs({ BASE: stack().rest, TOKEN, CP })).toEqual([
      expect.objectContaining({ cp_id: CP, online: true }),
      { items: [], next_cursor: null },
      expect.objectContaining({ status: 'Accepted', action: 'RemoteStartTransaction' }),
      expect.objectContaining({ state: 'accepted', command: 'clear-cache' }),
      expect.objectContaining({ type: 'urn:ocpp-gw:problem:charge-point-not-found', status: 404 }),
    ]);
  });
}
