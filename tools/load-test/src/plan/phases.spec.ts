import { describe, expect, it } from '@jest/globals';
import { DEFAULT_MIX } from './mix.ts';
import { PHASES, planDay, readSeconds, type DayOptions } from './phases.ts';

const options: DayOptions = {
  chargers: 1000,
  perSecond: 200,
  seconds: 60,
  phases: PHASES.filter((name) => name !== 'kill-edge'),
  mix: DEFAULT_MIX,
  killEdge: false,
};
const namesOf = (more: Partial<DayOptions>): string[] => planDay({ ...options, ...more }).map(({ name }) => name);

describe('planDay', () => {
  it('has the phases in the order of a day, whatever order they are named in', () => {
    expect(namesOf({ phases: ['rush', 'steady'] })).toEqual(['boot', 'steady', 'rush', 'end']);
  });

  it('kills a ws-edge only where that is asked for', () => {
    expect(namesOf({})).not.toContain('kill-edge');
    expect(namesOf({ killEdge: true }).slice(-2)).toEqual(['kill-edge', 'end']);
  });

  it('says what each phase is', () => {
    const phases = Object.fromEntries(
      planDay({ ...options, secondsOf: { steady: 1800 } }).map((one) => [one.name, one]),
    );
    expect(phases).toMatchObject({
      empty: { seconds: 15, perSecond: 0 },
      boot: { event: 'connect', perSecond: 0 },
      idle: { seconds: 15, perSecond: 0 },
      steady: { seconds: 1800, perSecond: 200 },
      rush: { seconds: 60, perSecond: 400, mix: { Transaction: 3 } },
      commands: { burst: 20, perSecond: 200 },
      reconnect: { event: 'cut', perSecond: 200 },
      end: { event: 'end', seconds: 5 },
    });
  });
});

describe('readSeconds', () => {
  it.each([
    ['60', { seconds: 60, secondsOf: {} }],
    ['steady=1800', { secondsOf: { steady: 1800 } }],
    ['10,steady=1800,rush=5', { seconds: 10, secondsOf: { steady: 1800, rush: 5 } }],
  ])('reads %s', (text, read) => {
    expect(readSeconds(text)).toEqual(read);
  });

  it.each(['', 'a', '0', 'noon=5', 'steady=x'])('refuses %j', (text) => {
    expect(() => readSeconds(text)).toThrow(RangeError);
  });
});
