import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { WebhookSecrets } from './webhook-secrets.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const key = (): string => randomBytes(32).toString('base64');

describe('WebhookSecrets', () => {
  it('stores text without a key, and reads it with one', () => {
    const stored = new WebhookSecrets(undefined).seal('billing', SECRET);
    expect(stored).toBe(SECRET);
    expect(new WebhookSecrets(key()).open('billing', stored)).toBe(SECRET);
  });

  it('encrypts with a key, differently each time', () => {
    const sut = new WebhookSecrets(key());
    const stored = [sut.seal('billing', SECRET), sut.seal('billing', SECRET)] as const;
    expect(stored[0]).not.toBe(stored[1]);
    expect(stored.join()).not.toContain(SECRET.slice(6));
    expect(stored.map((each) => sut.open('billing', each))).toEqual([SECRET, SECRET]);
  });

  it('opens nothing with another key, without one, for another subscription, or of what was changed', () => {
    const sut = new WebhookSecrets(key());
    const stored = sut.seal('billing', SECRET);
    expect(new WebhookSecrets(key()).open('billing', stored)).toBeNull();
    expect(new WebhookSecrets(undefined).open('billing', stored)).toBeNull();
    expect(sut.open('other', stored)).toBeNull();
    expect(sut.open('billing', `${stored.slice(0, -4)}AAAA`)).toBeNull();
    expect(sut.open('billing', 'sealed1:AAAA')).toBeNull();
  });
});
