import { describe, expect, it } from '@jest/globals';
import { readEnvelope } from './envelope.ts';

const PATH = '/api/eveys/authorize';
const good = { v: 1, request_id: 'r1', cp_id: 'CP1', sent_at: '2026-01-01T00:00:00Z', data: { id_token: 'T' } };

describe('readEnvelope', () => {
  it('takes a whole envelope', () => {
    expect(readEnvelope(PATH, JSON.stringify(good))).toEqual({ ok: true, envelope: good });
  });

  it.each(['v', 'request_id', 'cp_id', 'sent_at', 'data'])('says that %s is missing', (name) => {
    const reading = readEnvelope(PATH, JSON.stringify({ ...good, [name]: undefined }));
    expect(reading).toEqual({ ok: false, problems: [expect.stringContaining(`/${name}: `)] });
  });

  it.each([
    ['v', 2],
    ['request_id', ''],
    ['cp_id', 7],
    ['sent_at', 'yesterday'],
    ['data', []],
  ])('says what %s must be when it is %j', (name, value) => {
    const reading = readEnvelope(PATH, JSON.stringify({ ...good, [name]: value }));
    expect(reading).toEqual({ ok: false, problems: [expect.stringContaining(`/${name}: `)] });
  });

  it('tells all problems at once', () => {
    expect(readEnvelope(PATH, '{}')).toEqual({ ok: false, problems: Array(5).fill(expect.stringMatching(/^\/\w+: /)) });
  });

  it.each(['', '{', '[]', 'null', '7'])('refuses the body %j', (body) => {
    expect(readEnvelope(PATH, body).ok).toBe(false);
  });

  it('says what is wrong in the data of the call', () => {
    expect(readEnvelope(PATH, JSON.stringify({ ...good, data: { id_token: 7 } }))).toEqual({
      ok: false,
      problems: [expect.stringMatching(/^\/data\/id_token: .*expected string/)],
    });
  });
});
