import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@ocpp-gw/testing';
import { startApi, TOKEN, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';

const { bus, overrides } = fakes();
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());

function reset(signal?: AbortSignal): Promise<Response> {
  return fetch(`${api.url}/api/v1/charge-points/CP-1/commands/reset`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: '{"type":"Soft"}',
    signal,
  });
}

describe('a command whose caller closes the connection', () => {
  it('is given up, and its end is logged', async () => {
    const caller = new AbortController();
    bus.send.mockImplementationOnce(async (_cpId, _command, { gone }) => {
      const closed = new Promise((resolve) => gone?.addEventListener('abort', resolve));
      expect(gone?.aborted).toBe(false);
      caller.abort();
      await closed;
      return { recorded: true, outcome: { kind: 'cancelled' } };
    });
    await expect(reset(caller.signal)).rejects.toThrow(/abort/);
    const ended = () => api.logs.find(({ msg, commandId }) => msg === 'command ended' && commandId !== undefined);
    expect(await eventually(ended)).toMatchObject({ outcome: 'cancelled', cpId: 'CP-1' });
  });

  it('is not mistaken for one whose caller has its answer', async () => {
    let signal: AbortSignal | undefined;
    bus.send.mockImplementationOnce(async (_cpId, { kind }, { gone }) => {
      signal = gone;
      return { recorded: true, outcome: { kind: 'result', action: kind, payload: {} } };
    });
    expect((await reset()).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(signal?.aborted).toBe(false);
  });
});
