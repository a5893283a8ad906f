import { describe, expect, it } from '@jest/globals';
import { redisKeys } from '@ocpp-gw/contracts';
import type { IdToken } from '@ocpp-gw/ocpp-j';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { Authorizer, type AuthorizeCache, type AuthorizerOptions } from './authorizer.ts';
import type { AskBackend } from './backend-client.ts';

const now = new Date('2026-01-01T00:00:00Z');
const options: AuthorizerOptions = { fallback: 'reject', acceptedTtlMs: 300_000, refusedTtlMs: 30_000 };

const keyOf = ({ idToken, type }: IdToken): string => redisKeys.authorize(idToken, type);

function memoryCache() {
  const entries = new Map<string, { text: string; ttlMs: number }>();
  const cache: AuthorizeCache = {
    get: (token) => Promise.resolve(entries.get(keyOf(token))?.text ?? null),
    set: (token, text, ttlMs) => {
      entries.set(keyOf(token), { text, ttlMs });
      return Promise.resolve();
    },
  };
  return { cache, entries };
}

function backend(answer: () => unknown) {
  const asked: object[] = [];
  const sut: AskBackend = {
    ask: async (_path, _cpId, data, schema) => {
      asked.push(data);
      return schema.parse(await answer());
    },
  };
  return { sut, asked };
}

const down = (): never => {
  throw new Error('down');
};

describe(Authorizer.name, () => {
  it('asks the backend once and then knows, type included', async () => {
    const { sut: ask, asked } = backend(() => ({
      status: 'accepted',
      expires_at: '2030-01-01T00:00:00Z',
      group_id_token: { id_token: 'G', type: 'Central' },
    }));
    const { cache, entries } = memoryCache();
    const sut = new Authorizer(ask, cache, options, recordingLogger());
    const expected = {
      status: 'Accepted',
      expiresAt: new Date('2030-01-01T00:00:00Z'),
      group: { idToken: 'G', type: 'Central' },
    };
    expect(await sut.authorize('CP1', { idToken: 'T', type: 'Central' }, now)).toEqual(expected);
    expect(await sut.authorize('CP2', { idToken: 'T', type: 'Central' }, now)).toEqual(expected);
    expect(asked).toEqual([{ id_token: 'T', id_token_type: 'Central' }]);
    expect(entries.get(keyOf({ idToken: 'T', type: 'Central' }))?.ttlMs).toBe(300_000);
    await sut.authorize('CP1', { idToken: 'T' }, now);
    expect(asked).toHaveLength(2);
  });

  it('keeps one answer for each type of a token, so that a mixed fleet does not evict its own entries', async () => {
    const { sut: ask, asked } = backend(() => ({ status: 'Accepted' }));
    const sut = new Authorizer(ask, memoryCache().cache, options, recordingLogger());
    const tokens: IdToken[] = [{ idToken: 'T' }, { idToken: 'T', type: 'ISO14443' }];
    for (const token of [...tokens, ...tokens, ...tokens]) await sut.authorize('CP1', token, now);
    expect(asked).toEqual([{ id_token: 'T' }, { id_token: 'T', id_token_type: 'ISO14443' }]);
  });

  it('passes on what only 2.0.1 has room for, from the cache too', async () => {
    const { sut: ask, asked } = backend(() => ({
      status: 'accepted',
      charging_priority: -9,
      language: 'de',
      personal_message: { format: 'utf8', language: 'de', content: 'Hallo' },
    }));
    const sut = new Authorizer(ask, memoryCache().cache, options, recordingLogger());
    for (const cpId of ['CP1', 'CP2'])
      expect(await sut.authorize(cpId, { idToken: 'T' }, now)).toEqual({
        status: 'Accepted',
        chargingPriority: -9,
        language: 'de',
        personalMessage: { format: 'UTF8', language: 'de', content: 'Hallo' },
      });
    expect(asked).toHaveLength(1);
  });

  it('does not remember an answer that names EVSEs: they are those of one charger', async () => {
    const { cache, entries } = memoryCache();
    const { sut: ask } = backend(() => ({ status: 'Accepted', evse_ids: [1, 3] }));
    expect(
      await new Authorizer(ask, cache, options, recordingLogger()).authorize('CP1', { idToken: 'T' }, now),
    ).toEqual({ status: 'Accepted', evseIds: [1, 3] });
    expect(entries.size).toBe(0);
  });

  it('remembers refusals for a shorter time', async () => {
    const { cache, entries } = memoryCache();
    const { sut: ask } = backend(() => ({ status: 'Blocked' }));
    const sut = new Authorizer(ask, cache, options, recordingLogger());
    expect(await sut.authorize('CP1', { idToken: 'T' }, now)).toEqual({ status: 'Blocked' });
    expect(entries.get(keyOf({ idToken: 'T' }))?.ttlMs).toBe(30_000);
  });

  it('remembers no longer than the token is valid', async () => {
    const { cache, entries } = memoryCache();
    const { sut: ask } = backend(() => ({ status: 'Accepted', expires_at: '2026-01-01T00:00:10Z' }));
    await new Authorizer(ask, cache, options, recordingLogger()).authorize('CP1', { idToken: 'T' }, now);
    expect(entries.get(keyOf({ idToken: 'T' }))?.ttlMs).toBe(10_000);
  });

  it.each([
    ['Accepted', 600, [600_000]],
    ['Blocked', 600, [600_000]],
    ['Accepted', 0, []],
    ['Accepted', null, [300_000]],
    ['ConcurrentTx', 600, []],
  ])('remembers %s for the time that the backend says: %s s', async (status, ttl_s, kept) => {
    const { cache, entries } = memoryCache();
    const { sut: ask } = backend(() => ({ status, ttl_s }));
    await new Authorizer(ask, cache, options, recordingLogger()).authorize('CP1', { idToken: 'T' }, now);
    expect([...entries.values()].map(({ ttlMs }) => ttlMs)).toEqual(kept);
  });

  it('calls an accepted token Expired after its time, and does not remember it', async () => {
    const { cache, entries } = memoryCache();
    const { sut: ask } = backend(() => ({ status: 'Accepted', expires_at: '2025-01-01T00:00:00Z' }));
    const sut = new Authorizer(ask, cache, options, recordingLogger());
    expect(await sut.authorize('CP1', { idToken: 'T' }, now)).toMatchObject({ status: 'Expired' });
    expect(entries.size).toBe(0);
  });

  it.each(['NotAtThisLocation', 'NotAtThisTime', 'NotAllowedTypeEVSE', 'ConcurrentTx'])(
    'does not remember %s: it holds for one place or moment',
    async (status) => {
      const { cache, entries } = memoryCache();
      const { sut: ask } = backend(() => ({ status }));
      expect(
        await new Authorizer(ask, cache, options, recordingLogger()).authorize('CP1', { idToken: 'T' }, now),
      ).toEqual({ status });
      expect(entries.size).toBe(0);
    },
  );

  it.each([
    ['reject', 'Invalid'],
    ['accept_offline', 'Accepted'],
  ] as const)('falls back as %s says when the backend is down, and remembers nothing', async (fallback, status) => {
    const { cache, entries } = memoryCache();
    const sut = new Authorizer(backend(down).sut, cache, { ...options, fallback }, recordingLogger());
    expect(await sut.authorize('CP1', { idToken: 'T' }, now)).toEqual({ status });
    expect(entries.size).toBe(0);
  });

  it('falls back when no backend is wired', async () => {
    const sut = new Authorizer(
      null,
      memoryCache().cache,
      { ...options, fallback: 'accept_offline' },
      recordingLogger(),
    );
    expect(await sut.authorize('CP1', { idToken: 'T' }, now)).toEqual({ status: 'Accepted' });
  });

  it('does without the cache when that is away, or holds nonsense', async () => {
    const { sut: ask } = backend(() => ({ status: 'Accepted' }));
    const broken: AuthorizeCache = {
      get: () => Promise.reject(new Error('away')),
      set: () => Promise.reject(new Error('away')),
    };
    const nonsense: AuthorizeCache = { get: () => Promise.resolve('{'), set: () => Promise.resolve() };
    for (const cache of [broken, nonsense]) {
      const sut = new Authorizer(ask, cache, options, recordingLogger());
      expect(await sut.authorize('CP1', { idToken: 'T' }, now)).toEqual({ status: 'Accepted' });
    }
  });
});
