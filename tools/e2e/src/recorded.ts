import { expect } from '@jest/globals';
import { booted } from './booted-charger.ts';
import { rest, type Stack } from './stack.ts';
import { until } from './until.ts';

/** Records charge points from before they connect; resolves when the first ws-edge has begun to. */
export async function recorded(stack: Stack, cpIds: readonly string[]): Promise<void> {
  const probe = `${cpIds[0]}-PROBE`;
  await Promise.all([...cpIds, probe].map((cpId) => record(stack, cpId)));
  const charger = await booted(stack.edgeUrls[0], probe, 'ocpp1.6');
  await until('a recording to begin', async () => {
    await charger.call('Heartbeat');
    const { body } = await rest(stack, 'GET', `/charge-points/${probe}/messages`);
    expect(body['items']).not.toEqual([]);
  });
  await charger.close();
}

async function record(stack: Stack, cpId: string): Promise<void> {
  expect((await rest(stack, 'PUT', `/charge-points/${cpId}`, { security_profile: 0 })).status).toBeLessThan(300);
  expect((await rest(stack, 'PUT', `/charge-points/${cpId}/recording`, { hours: 1 })).status).toBe(200);
}
