import { describe, expect, it } from '@jest/globals';
import { UndecodableEventError } from '@ocpp-gw/contracts';
import { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { PermanentError, RetriableError, asSendError, isPermanent } from './errors.ts';

describe('isPermanent', () => {
  it.each([new PermanentError('bad'), new UndecodableEventError('bad')])('is true of %s', (error) => {
    expect(isPermanent(error)).toBe(true);
  });

  it.each([new RetriableError('away'), new TypeError('a bug'), 'text', undefined])('is false of %s', (error) => {
    expect(isPermanent(error)).toBe(false);
  });
});

describe('asSendError', () => {
  const exceeded = (cause: Error) => new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 4, retryTime: 1 });

  it('takes "retries exceeded" of a broker that is away for what it is', () => {
    const error = asSendError(
      exceeded(new KafkaJSConnectionError('connection refused', { broker: 'b', code: 'ECONNREFUSED' })),
    );
    expect(error).toBeInstanceOf(RetriableError);
    expect(error.message).toContain('connection refused');
  });

  it.each(['MESSAGE_TOO_LARGE', 'INVALID_RECORD'])('knows from %s that no retry helps', (type) => {
    const refused = new KafkaJSProtocolError(
      Object.assign(new Error('no'), { type, code: 10, retriable: false }) as never,
    );
    expect(asSendError(refused)).toBeInstanceOf(PermanentError);
    expect(asSendError(exceeded(refused))).toBeInstanceOf(PermanentError);
  });

  it('holds what it does not know to be retriable', () => {
    expect(asSendError('what?')).toBeInstanceOf(RetriableError);
  });
});
