import { describe, expect, it } from '@jest/globals';
import { deadLetterHeaders, originalHeaders } from './dead-letter-headers.ts';

describe('the headers of a dead letter', () => {
  const message = { topic: 'cp.boot', partition: 3, offset: '17', key: 'A', raw: new Uint8Array() };
  const headers = { 'event-type': Buffer.from('cp.boot'), traceparent: Buffer.from('00-1-2-01') };

  it('are those of its message, with the reason and the origin', () => {
    const all = deadLetterHeaders({ ...message, headers }, 'no such column');
    expect(all).toEqual({ ...headers, reason: 'no such column', topic: 'cp.boot', partition: '3', offset: '17' });
    expect(originalHeaders(all)).toEqual(headers);
  });

  it('are the reason and the origin alone where the message has none', () => {
    expect(Object.keys(deadLetterHeaders(message, 'x'))).toEqual(['reason', 'topic', 'partition', 'offset']);
  });
});
