import { describe, expect, it } from '@jest/globals';
import { authorizeAnswer, dataTransferAnswer, registerAnswer } from './questions.ts';

describe('registerAnswer', () => {
  it.each([
    ['accepted', 'Accepted'],
    ['PENDING', 'Pending'],
    ['Rejected', 'Rejected'],
  ])('reads status %s in any case', (status, read) => {
    expect(registerAnswer.parse({ status })).toEqual({ status: read });
  });

  it('takes an interval, null for none, and unknown fields', () => {
    expect(registerAnswer.parse({ status: 'accepted', heartbeat_interval_s: 60, more: 1 })).toEqual({
      status: 'Accepted',
      heartbeat_interval_s: 60,
    });
    expect(registerAnswer.parse({ status: 'accepted', heartbeat_interval_s: null })).toMatchObject({
      status: 'Accepted',
    });
  });

  it.each([{}, { status: 'maybe' }, { status: 1 }, { status: 'accepted', heartbeat_interval_s: -1 }, null, []])(
    'refuses %j',
    (answer) => {
      expect(registerAnswer.safeParse(answer).success).toBe(false);
    },
  );
});

describe('authorizeAnswer', () => {
  it.each([
    ['accepted', 'Accepted'],
    ['no_credit', 'NoCredit'],
    ['NOT_ALLOWED_TYPE_EVSE', 'NotAllowedTypeEVSE'],
    ['ConcurrentTx', 'ConcurrentTx'],
  ])('reads status %s', (status, read) => {
    expect(authorizeAnswer.parse({ status }).status).toBe(read);
  });

  it('reads expiry and group', () => {
    const answer = authorizeAnswer.parse({
      status: 'Accepted',
      expires_at: '2030-01-01T00:00:00+01:00',
      group_id_token: { id_token: 'G', type: 'Central' },
    });
    expect(answer.expires_at).toBe('2030-01-01T00:00:00+01:00');
    expect(answer.group_id_token).toEqual({ id_token: 'G', type: 'Central' });
  });

  it.each([
    { status: 'ok' },
    { status: 'Accepted', expires_at: 'tomorrow' },
    { status: 'Accepted', group_id_token: {} },
    { status: 'Accepted', charging_priority: 10 },
    { status: 'Accepted', evse_ids: [0] },
    { status: 'Accepted', evse_ids: [] },
    { status: 'Accepted', language: 'deutsch-de' },
    { status: 'Accepted', personal_message: { format: 'UTF8', content: 'x'.repeat(513) } },
    { status: 'Accepted', personal_message: { format: 'markdown', content: 'x' } },
  ])('refuses %j', (answer) => {
    expect(authorizeAnswer.safeParse(answer).success).toBe(false);
  });
});

describe('dataTransferAnswer', () => {
  it('reads status and data', () => {
    expect(dataTransferAnswer.parse({ status: 'ACCEPTED', data: 'x' })).toEqual({ status: 'Accepted', data: 'x' });
    expect(dataTransferAnswer.parse({ status: 'rejected' })).toEqual({ status: 'Rejected' });
  });

  it.each([{ status: 'unknown_vendor_id' }, { status: 'accepted', data: {} }, {}])('refuses %j', (answer) => {
    expect(dataTransferAnswer.safeParse(answer).success).toBe(false);
  });
});
