import { describe, expect, it } from '@jest/globals';
import { InvalidCursorError, encodeCursor } from '@ocpp-gw/contracts';
import fc from 'fast-check';
import { meterValueQuery } from './meter-values.ts';
import { securityEventQuery } from './security-events.ts';

const EVENT = '01890a5d-ac96-774b-bcce-b302099a8057';
const read = (cursor: string) => meterValueQuery({ cpId: 'CP', limit: 1, cursor }).params;
const readEvent = (cursor: string) => securityEventQuery({ cpId: 'CP', limit: 1, cursor }).params;

describe('a cursor', () => {
  it('brings back the position it was made of', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2300, 0) - 1 }),
        fc.uuid({ version: 7 }),
        fc.integer({ min: 0, max: 65_535 }),
        (at, event, sample) => {
          const cursor = encodeCursor([at, event, sample]);
          expect(cursor).toMatch(/^[\w-]+$/);
          expect(read(cursor)).toMatchObject({ after_at: at, after_event_id: event, after_sample_no: sample });
          expect(readEvent(encodeCursor([at, event]))).toMatchObject({ after_at: at, after_event_id: event });
        },
      ),
    );
  });

  it('is refused when it is anything else, never with another error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (text) => {
          expect(() => read(text)).toThrow(InvalidCursorError);
        },
      ),
    );
  });

  it.each([-8.64e15, Date.UTC(1899, 11, 31), Date.UTC(2300, 0), Number.MAX_SAFE_INTEGER])(
    'S3 is refused with a time that ClickHouse does not have: %d',
    (at) => {
      expect(() => readEvent(encodeCursor([at, EVENT]))).toThrow(InvalidCursorError);
      expect(() => read(encodeCursor([at, EVENT, 0]))).toThrow(InvalidCursorError);
    },
  );

  it('of one list is refused by another', () => {
    expect(() => read(encodeCursor([0, EVENT]))).toThrow(InvalidCursorError);
    expect(() => readEvent(encodeCursor([0, EVENT, 0]))).toThrow(InvalidCursorError);
  });
});
