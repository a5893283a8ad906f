import { describe, expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { repeatableEventId } from './event-id.ts';

describe('repeatableEventId', () => {
  const at = new Date('2026-02-03T04:05:06.789Z');

  it('is the same for the same content and time', () => {
    expect(repeatableEventId(at, ['CP-1', { value: 1 }])).toBe(repeatableEventId(new Date(at), ['CP-1', { value: 1 }]));
  });

  it('differs by content and by time', () => {
    const ids = [
      repeatableEventId(at, ['CP-1', { value: 1 }]),
      repeatableEventId(at, ['CP-1', { value: 2 }]),
      repeatableEventId(at, ['CP-2', { value: 1 }]),
      repeatableEventId(new Date(at.getTime() + 1), ['CP-1', { value: 1 }]),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is a UUIDv7 of the time of the fact', () => {
    const id = repeatableEventId(at, ['CP-1']);
    expect(validate(id) && version(id)).toBe(7);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at.getTime());
  });
});
