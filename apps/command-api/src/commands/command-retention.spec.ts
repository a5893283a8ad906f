import { describe, expect, it, jest } from '@jest/globals';
import type { Commands } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { CommandRetention } from './command-retention.ts';

const warn = jest.fn<Logger['warn']>();
const logger = { warn } as unknown as Logger;

describe('the retention of commands', () => {
  it('deletes batch after batch what is older than its days', async () => {
    const prune = jest.fn<Commands['prune']>().mockResolvedValueOnce(1_000).mockResolvedValueOnce(7);
    expect(await new CommandRetention({ prune }, 90, logger).run(new Date())).toBe(1_007);
    const [before] = prune.mock.calls[0] ?? [];
    expect(Math.round((Date.now() - Number(before)) / 86_400_000)).toBe(90);
    expect(prune).toHaveBeenCalledTimes(2);
  });

  it('goes on an hour later when Postgres is away', async () => {
    const prune = jest.fn<Commands['prune']>().mockRejectedValue(new Error('away'));
    expect(await new CommandRetention({ prune }, 90, logger).run(new Date())).toBe(0);
    expect(warn).toHaveBeenCalledWith('old commands could not be deleted', { err: expect.any(Error) });
  });
});
