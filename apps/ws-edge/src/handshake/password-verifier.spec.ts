import { describe, expect, it } from '@jest/globals';
import { compare, hash } from 'bcrypt';
import { PasswordVerifier, type PasswordVerifierOptions } from './password-verifier.ts';

const right = Buffer.from('right');

function verifier(options: Partial<PasswordVerifierOptions> = {}): PasswordVerifier {
  return new PasswordVerifier({
    compare: (password, stored) => Promise.resolve(password.toString() === stored),
    concurrency: 2,
    queueLimit: 1,
    cacheTtlMs: 1000,
    now: () => 0,
    ...options,
  });
}

describe(PasswordVerifier.name, () => {
  it('tells right from wrong with real bcrypt, on bytes that are no text', async () => {
    const password = Buffer.from('ff00fe01fd02fc03fb04fa05f906f807', 'hex');
    const stored = await hash(password, 4);
    const sut = verifier({ compare });
    expect(await sut.verify(password, [password], stored)).toBe('match');
    expect(await sut.verify(right, [right], stored)).toBe('mismatch');
  });

  it('accepts when any reading matches', async () => {
    expect(await verifier().verify(right, [Buffer.from('other'), right], 'right')).toBe('match');
  });

  it('remembers what was verified, for this password and this hash only', async () => {
    let now = 0;
    const sut = verifier({ now: () => now });
    await sut.verify(right, [right], 'right');
    expect(sut.isKnown(right, 'right')).toBe(true);
    expect(sut.isKnown(right, 'rotated')).toBe(false);
    expect(sut.isKnown(Buffer.from('wrong'), 'right')).toBe(false);
    now = 1000;
    expect(sut.isKnown(right, 'right')).toBe(false);
  });

  it('hashes a bounded number at once and turns away what the queue cannot hold', async () => {
    const gates: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const sut = verifier({
      compare: async () => {
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => gates.push(resolve));
        running -= 1;
        return true;
      },
    });
    const waiting = [1, 2, 3].map(() => sut.verify(right, [right], 'h'));
    expect(await sut.verify(right, [right], 'h')).toBe('busy');
    while (gates.length > 0) {
      gates.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all(waiting)).toEqual(['match', 'match', 'match']);
    expect(most).toBe(2);
    const again = sut.verify(Buffer.from('x'), [right], 'h');
    await new Promise((resolve) => setImmediate(resolve));
    gates.shift()?.();
    expect(await again).toBe('match');
  });

  it('frees its slot when hashing fails', async () => {
    const sut = verifier({ concurrency: 1, queueLimit: 0, compare: () => Promise.reject(new Error('bad hash')) });
    await expect(sut.verify(right, [right], 'h')).rejects.toThrow('bad hash');
    await expect(sut.verify(right, [right], 'h')).rejects.toThrow('bad hash');
  });
});
