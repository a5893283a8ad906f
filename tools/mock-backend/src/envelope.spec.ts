import { describe, expect, it } from '@jest/globals';
import { readEnvelope } from './envelope.ts';

const good = { v: 1, request_id: 'r1', cp_id: 'CP1', sent_at: '2026-01-01T00:00:00Z', data: {} };

describe('readEnvelope', () => {
  it('takes a whole envelope', () => {
    expect(readEnvelope(JSON.stringify(good))).toEqual({ ok: true, envelope: good });
  });

  it.each(['v', 'request_id', 'cp_id', 'sent_at', 'data'])('says that %s is missing', (name) => {
    const reading = readEnvelope(JSON.stringify({ ...good, [name]: undefined }));
    expect(reading).toEqual({ ok: false, problems: [expect.stringContaining(`${name} is missing`)] });
  });

  it.each([
    ['v', 2],
    ['request_id', ''],
    ['cp_id', 7],
    ['sent_at', 'yesterday'],
    ['data', []],
  ])('says what %s must be when it is %j', (name, value) => {
    const reading = readEnvelope(JSON.stringify({ ...good, [name]: value }));
    expect(reading).toEqual({ ok: false, problems: [expect.stringContaining(`${name} must be`)] });
  });

  it('tells all problems at once', () => {
    expect(readEnvelope('{}')).toEqual({ ok: false, problems: Array(5).fill(expect.stringContaining('is missing')) });
  });

  it.each(['', '{', '[]', 'null', '7'])('refuses the body %j', (body) => {
    expect(readEnvelope(body).ok).toBe(false);
  });
});
