import { describe, expect, it, jest } from '@jest/globals';
import { compare, hash } from 'bcrypt';
import { verifierFor } from '../testdata/verifier.ts';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import type { PasswordProofs, Question } from './password-verifier.ts';

const right = Buffer.from('right');

const question = (facts: Partial<Question> = {}): Question => ({
  cpId: 'CP1',
  password: right,
  dialect: ocpp16.dialect,
  hashes: ['right'],
  source: '1.1.1.1',
  rank: 0,
  exhausted: () => false,
  signal: new AbortController().signal,
  ...facts,
});

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function proofs(): PasswordProofs & { kept: Map<string, string>; finds: string[] } {
  const kept = new Map<string, string>();
  const finds: string[] = [];
  return {
    kept,
    finds,
    find: (cpId) => {
      finds.push(cpId);
      return Promise.resolve(kept.get(cpId) ?? null);
    },
    keep: (cpId, proof) => void kept.set(cpId, proof),
  };
}

/** A verifier whose hashing ends when it is let. */
function gated(options: { concurrency?: number; queueLimit?: number } = {}) {
  const gates: (() => void)[] = [];
  const hashed: string[] = [];
  const state = { running: 0, most: 0 };
  const sut = verifierFor({
    ...options,
    compare: async (password, stored) => {
      hashed.push(password.toString());
      state.most = Math.max(state.most, ++state.running);
      await new Promise<void>((resolve) => gates.push(resolve));
      state.running -= 1;
      return password.toString() === stored;
    },
  });
  const next = async (): Promise<void> => {
    gates.shift()?.();
    await settled();
  };
  return { sut, hashed, state, next, gates };
}

describe('a password', () => {
  it('is verified with real bcrypt, on bytes that are no text', async () => {
    const password = Buffer.from('ff00fe01fd02fc03fb04fa05f906f807', 'hex');
    const stored = await hash(password, 4);
    const sut = verifierFor({ compare });
    expect(await sut.verify(question({ password, hashes: [stored] }))).toEqual({ verdict: 'match', hash: stored });
    expect(await sut.verify(question({ hashes: [stored] }))).toEqual({ verdict: 'mismatch' });
  });

  it('is right when any reading matches any hash', async () => {
    const password = Buffer.from('00112233445566778899aabbccddeeff');
    const hashes = ['other', password.toString().toUpperCase()];
    expect(await verifierFor().verify(question({ password, hashes }))).toEqual({ verdict: 'match', hash: hashes[1] });
  });

  it('is remembered once verified, for this hash only', async () => {
    let now = 0;
    const sut = verifierFor({ now: () => now });
    await sut.verify(question());
    expect(sut.known(question({ hashes: ['other', 'right'] }))).toBe('right');
    expect(sut.known(question({ hashes: ['rotated'] }))).toBeUndefined();
    expect(sut.known(question({ password: Buffer.from('wrong') }))).toBeUndefined();
    now = 1000;
    expect(sut.known(question())).toBeUndefined();
  });

  it('S2 that was wrong is remembered for a minute, for these hashes only', async () => {
    let now = 0;
    const sut = verifierFor({ now: () => now });
    const wrong = question({ password: Buffer.from('wrong') });
    expect(sut.isKnownWrong(wrong)).toBe(false);
    await sut.verify(wrong);
    expect(sut.isKnownWrong(wrong)).toBe(true);
    expect(sut.isKnownWrong(question())).toBe(false);
    expect(sut.isKnownWrong({ ...wrong, hashes: ['right', 'wrong'] })).toBe(false);
    now = 60_000;
    expect(sut.isKnownWrong(wrong)).toBe(false);
  });

  it('S2 is tried in one reading only once it is known in which form the stored one is', async () => {
    const digits = Buffer.from('00112233445566778899AABBCCDDEEFF');
    const compareAll = jest.fn((password: Buffer, stored: string) => Promise.resolve(password.toString() === stored));
    const sut = verifierFor({ compare: compareAll });
    const hashes = [digits.toString()];
    const lower = question({ password: Buffer.from(digits.toString().toLowerCase()), hashes });
    await sut.verify(lower);
    expect(compareAll).toHaveBeenCalledTimes(3);
    compareAll.mockClear();
    await sut.verify(question({ password: Buffer.from('f'.repeat(40)), hashes }));
    expect(compareAll).toHaveBeenCalledTimes(1);
  });
});

describe('hashing', () => {
  it('S2 goes on for a bounded number at once, and turns away what the queue cannot hold', async () => {
    const { sut, state, next, gates } = gated({ concurrency: 2, queueLimit: 1 });
    const waiting = ['a', 'b', 'c'].map((text) => sut.verify(question({ password: Buffer.from(text) })));
    await settled();
    expect(await sut.verify(question({ password: Buffer.from('d') }))).toEqual({ verdict: 'busy' });
    while (gates.length > 0) await next();
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => ({ verdict: 'mismatch' })));
    expect(state.most).toBe(2);
    const again = sut.verify(question());
    await settled();
    await next();
    expect(await again).toMatchObject({ verdict: 'match' });
  });

  it('S2 serves other sources between the readings of one: wrong passwords cost only their own source', async () => {
    const { sut, hashed, next, gates } = gated();
    const digits = Buffer.from('aa112233445566778899aabbccddeeff');
    const wrong = sut.verify(question({ password: digits, source: '6.6.6.6' }));
    await settled();
    const good = sut.verify(question());
    await settled();
    await next();
    expect(hashed[1]).toBe('right');
    while (gates.length > 0) await next();
    expect(await good).toMatchObject({ verdict: 'match' });
    expect(await wrong).toEqual({ verdict: 'mismatch' });
  });

  it('S2 is not done for whoever is gone, or has failed too often, when the turn comes', async () => {
    const { sut, hashed, next } = gated();
    const abort = new AbortController();
    const first = sut.verify(question({ password: Buffer.from('first') }));
    await settled();
    const gone = sut.verify(question({ password: Buffer.from('gone'), signal: abort.signal }));
    const late = sut.verify(question({ password: Buffer.from('late'), exhausted: () => true }));
    await settled();
    abort.abort();
    expect(await gone).toEqual({ verdict: 'gone' });
    await next();
    expect(await Promise.all([first, late])).toEqual([{ verdict: 'mismatch' }, { verdict: 'exhausted' }]);
    expect(hashed).toEqual(['first']);
  });

  it('S2 is done once for the same question, however often it is asked', async () => {
    const { sut, hashed, next } = gated();
    const first = sut.verify(question());
    const same = [1, 2, 3].map(() => sut.join(question()));
    expect(sut.join(question({ source: '2.2.2.2' }))).toBeNull();
    expect(sut.join(question({ password: Buffer.from('other') }))).toBeNull();
    await settled();
    await next();
    expect(await Promise.all([first, ...same])).toEqual([1, 2, 3, 4].map(() => ({ verdict: 'match', hash: 'right' })));
    expect(hashed).toHaveLength(1);
  });

  it('frees its turn when it fails', async () => {
    const sut = verifierFor({ queueLimit: 0, compare: () => Promise.reject(new Error('bad hash')) });
    await expect(sut.verify(question())).rejects.toThrow('bad hash');
    await expect(sut.verify(question())).rejects.toThrow('bad hash');
  });
});

describe('a proof', () => {
  it('S2 tells another process what was verified here, without hashing', async () => {
    const shared = proofs();
    await verifierFor({ proofs: shared }).verify(question());
    const compareAll = jest.fn(() => Promise.resolve(false));
    const restarted = verifierFor({ proofs: shared, compare: compareAll });
    expect(await restarted.recall(question({ hashes: ['other', 'right'] }))).toBe('right');
    expect(restarted.known(question())).toBe('right');
    expect(compareAll).not.toHaveBeenCalled();
  });

  it('S2 is worth nothing for another password, another hash, another charger, or with another secret', async () => {
    const shared = proofs();
    await verifierFor({ proofs: shared }).verify(question());
    shared.kept.set('CP2', shared.kept.get('CP1') ?? '');
    const recall = (facts: Partial<Question>, proofSecret = ''): Promise<string | undefined> =>
      verifierFor({ proofs: shared, proofSecret }).recall(question(facts));
    expect(await recall({ password: Buffer.from('wrong') })).toBeUndefined();
    expect(await recall({ hashes: ['rotated'] })).toBeUndefined();
    expect(await recall({ cpId: 'CP2', hashes: ['hash of CP2'] })).toBeUndefined();
    expect(await recall({}, 'secret')).toBeUndefined();
    expect(await recall({ cpId: 'CP3' })).toBeUndefined();
  });

  it('S2 is asked for once a second for one charger, however many guess at it', async () => {
    let now = 0;
    const shared = proofs();
    const sut = verifierFor({ proofs: shared, now: () => now });
    for (let n = 0; n < 50; n++) await sut.recall(question({ password: Buffer.from(`guess ${n}`) }));
    expect(shared.finds).toHaveLength(1);
    now = 1000;
    await sut.recall(question());
    expect(shared.finds).toHaveLength(2);
  });

  it('S2 brings the form of the stored password with it: a guess costs one hash from then on', async () => {
    const shared = proofs();
    const password = Buffer.from('00112233445566778899AABBCCDDEEFF');
    const hashes = [password.toString()];
    await verifierFor({ proofs: shared }).verify(question({ password, hashes }));
    const compareAll = jest.fn(() => Promise.resolve(false));
    const restarted = verifierFor({ proofs: shared, compare: compareAll });
    await restarted.recall(question({ password, hashes }));
    await restarted.verify(question({ password: Buffer.from('ab'.repeat(20)), hashes }));
    expect(compareAll).toHaveBeenCalledTimes(1);
  });
});
