import { describe, expect, it } from '@jest/globals';
import { OutboundQueue } from './outbound-queue.ts';

const BOUND = 16;

function setUp() {
  const sent: string[] = [];
  const unmatched: string[] = [];
  const sut = new OutboundQueue(
    { maxQueued: 2 },
    {
      send: (frame) => sent.push((JSON.parse(frame) as [number, string])[1]),
      held: () => undefined,
      unmatched: (id) => unmatched.push(id),
    },
    undefined,
  );
  sut.release();
  return { sut, sent, unmatched };
}

describe(OutboundQueue.name, () => {
  it('takes late answers to as many CALLs as it remembers, and none to those before', async () => {
    const { sut, sent, unmatched } = setUp();
    const late: string[] = [];
    for (let n = 0; n <= BOUND; n += 1) {
      const answered = async ({ payload }: { payload: unknown }, isLate: boolean): Promise<void> => {
        expect(isLate).toBe(true);
        late.push(String(payload));
      };
      expect(await sut.call('Reset', {}, Date.now() + 2, { answered })).toEqual({ kind: 'timeout' });
    }
    const [forgotten, ...remembered] = sent;
    for (const id of sent) await sut.result({ id, payload: id });
    expect(late).toEqual(remembered);
    expect(unmatched).toContain(forgotten);
    sut.close();
  });
});
