import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { sign } from './signature.ts';

const secret = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;

describe('sign', () => {
  const body = '{"type":"cp.boot","text":"ü€"}';

  it('verifies with the Standard Webhooks library', () => {
    expect(new Webhook(secret(1)).verify(body, { ...sign('id1', new Date(), body, [secret(1)]) })).toEqual(
      JSON.parse(body),
    );
  });

  it('verifies with the old and the new secret while they rotate, and with no other', () => {
    const headers = { ...sign('id1', new Date(), body, [secret(1), secret(2)]) };
    for (const known of [1, 2]) expect(() => new Webhook(secret(known)).verify(body, headers)).not.toThrow();
    expect(() => new Webhook(secret(3)).verify(body, headers)).toThrow('No matching signature');
  });

  it('covers the id, so that it cannot be replayed under another', () => {
    const headers = { ...sign('id1', new Date(), body, [secret(1)]), 'webhook-id': 'id2' };
    expect(() => new Webhook(secret(1)).verify(body, headers)).toThrow('No matching signature');
  });

  it.each([-301, 301])('is refused %i seconds off', (seconds) => {
    const headers = { ...sign('id1', new Date(Date.now() + seconds * 1000), body, [secret(1)]) };
    expect(() => new Webhook(secret(1)).verify(body, headers)).toThrow(/Message timestamp too (old|new)/);
  });

  it('is refused when the body was changed', () => {
    const headers = { ...sign('id1', new Date(), body, [secret(1)]) };
    expect(() => new Webhook(secret(1)).verify(body.replace('boot', 'boat'), headers)).toThrow('No matching signature');
  });
});
