import { describe, expect, it } from '@jest/globals';
import { heartbeat } from './heartbeat.ts';

describe('Heartbeat', () => {
  it('gives the time and records nothing (G02)', () => {
    const facts = { cpId: 'CS-1', now: new Date('2026-03-01T10:00:00Z') };
    expect(heartbeat.lookups({}, facts)).toEqual({});
    expect(heartbeat.decide({}, facts)).toEqual({ reply: { currentTime: '2026-03-01T10:00:00.000Z' }, before: [] });
  });
});
