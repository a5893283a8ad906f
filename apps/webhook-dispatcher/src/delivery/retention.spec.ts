import { describe, expect, it } from '@jest/globals';
import type { Logger } from '@ocpp-gw/service-kit';
import { Retention } from './retention.ts';

const warnings: string[] = [];
const logger: Logger = {
  debug() {},
  info() {},
  warn: (message) => void warnings.push(message),
  error() {},
  child: () => logger,
};

const none = () => Promise.resolve(0);
const tests = { deleteOld: () => Promise.resolve() };

describe('Retention', () => {
  it('removes what was delivered over a week ago, batch by batch until nothing is left', async () => {
    const asked: Date[] = [];
    const removed = [10_000, 10_000, 12];
    const deleteDelivered = (before: Date): Promise<number> => {
      asked.push(before);
      return Promise.resolve(removed.shift() ?? 0);
    };
    await new Retention({ deleteDelivered, deleteForsaken: none }, tests, logger).run(new Date('2026-05-08T00:00:00Z'));
    expect(asked).toEqual(Array(3).fill(new Date('2026-05-01T00:00:00Z')));
  });

  it('says how many it removed that nobody took', async () => {
    const deleteForsaken = () => Promise.resolve(3);
    await new Retention({ deleteDelivered: none, deleteForsaken }, tests, logger).run(new Date());
    expect(warnings.splice(0)).toEqual(['deliveries removed that waited too long for a webhook that is not active']);
  });

  it('only warns while Postgres is away', async () => {
    const sut = new Retention(
      { deleteDelivered: () => Promise.reject(new Error('away')), deleteForsaken: none },
      tests,
      logger,
    );
    await sut.run(new Date());
    expect(warnings).toEqual(['old deliveries to webhooks cannot be removed']);
  });
});
