import type { Sending } from '../message.ts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededNumbers } from '../random.ts';
import { CATALOGUE, misbehavioursOf, randomMisbehaviours } from './catalogue.ts';
import { Manners } from './manners.ts';
import type { Version } from './misbehaviour.ts';
import { messagesOf } from './testdata/messages.ts';

/** What the charger does in two sessions of connector 1, each step in a word or two. */
function steps(version: Version, ...names: string[]): string[] {
  const manners = new Manners(misbehavioursOf(names), version);
  return [1, 2]
    .flatMap((session) => messagesOf(version, session))
    .flatMap((message) => manners.steps(message).map(word));
}

function word(step: ReturnType<Manners['steps']>[number]): string {
  if (step.kind !== 'send') return step.kind;
  const { role, session, repeats } = step.message;
  return `${repeats ? 'again ' : ''}${role} ${session}`;
}

const version = fc.constantFrom<Version>('1.6', '2.0.1');
const HONEST = ['start 1', 'update 1', 'update 1', 'stop 1', 'start 2', 'update 2', 'update 2', 'stop 2'];

describe('what a charger does', () => {
  it.each<[string, Version, string[]]>([
    [
      'lost-stop',
      '1.6',
      ['start 1', 'update 1', 'update 1', 'power-cut', 'start 2', 'update 2', 'update 2', 'power-cut'],
    ],
    [
      'late-stop',
      '2.0.1',
      [
        'start 1',
        'update 1',
        'update 1',
        'power-cut',
        'stop 1',
        'start 2',
        'update 2',
        'update 2',
        'power-cut',
        'stop 2',
      ],
    ],
    ['stop-after-next-start', '1.6', ['start 1', 'update 1', 'update 1', 'start 2', 'stop 1', 'update 2', 'update 2']],
    ['lost-start', '2.0.1', ['update 1', 'update 1', 'stop 1', 'update 2', 'update 2', 'stop 2']],
    ['out-of-order', '1.6', ['start 1', 'update 1', 'stop 1', 'update 1', 'start 2', 'update 2', 'stop 2', 'update 2']],
    ['repeat-start', '1.6', ['start 1', 'again start 1', ...HONEST.slice(1, 5), 'again start 2', ...HONEST.slice(5)]],
    ['repeat-stop', '2.0.1', [...HONEST.slice(0, 4), 'again stop 1', ...HONEST.slice(4), 'again stop 2']],
    ['repeat-all', '1.6', HONEST.flatMap((each) => [each, `again ${each}`])],
    [
      'repeat-after-reboot',
      '1.6',
      [...HONEST.slice(0, 4), 'power-cut', 'again stop 1', ...HONEST.slice(4), 'power-cut', 'again stop 2'],
    ],
    [
      'repeat-after-reconnect',
      '1.6',
      [1, 2].flatMap((n) => [
        ...[`start ${n}`, 'link-cut', `again start ${n}`, `update ${n}`, `update ${n}`],
        ...[`stop ${n}`, 'link-cut', `again stop ${n}`],
      ]),
    ],
    ['offline-end', '2.0.1', [...HONEST.slice(0, 3), 'link-cut', ...HONEST.slice(3, 7), 'link-cut', 'stop 2']],
    ['reboot-after-session', '1.6', [...HONEST.slice(0, 4), 'power-cut', ...HONEST.slice(4), 'power-cut']],
    ['provisional-stop', '2.0.1', [...HONEST.slice(0, 4), 'stop 1', ...HONEST.slice(4), 'stop 2']],
    ['idle-readings', '1.6', [...HONEST.slice(0, 4), 'idle 1', ...HONEST.slice(4), 'idle 2']],
    ['stray-reading', '2.0.1', [...HONEST.slice(0, 4), 'update 1', ...HONEST.slice(4), 'update 2']],
    ['reused-transaction-id', '2.0.1', [...HONEST.slice(0, 4), 'power-cut', ...HONEST.slice(4), 'power-cut']],
    [
      'restart-numbering',
      '2.0.1',
      [1, 2].flatMap((n) => [`start ${n}`, `update ${n}`, 'power-cut', `update ${n}`, `stop ${n}`]),
    ],
    ['clock-2000', '1.6', HONEST],
  ])('%s, in OCPP %s', (name, version, expected) => {
    expect(steps(version, name)).toEqual(expected);
  });

  it('leaves out what is of another version', () => {
    expect(steps('1.6', 'reused-transaction-id', 'restart-numbering')).toEqual(HONEST);
  });

  it('misbehaves in the sessions that it is asked to', () => {
    const manners = new Manners(misbehavioursOf(['lost-stop']), '1.6', (session) => session === 2);
    const kinds = [1, 2].flatMap((session) => messagesOf('1.6', session).flatMap((message) => manners.steps(message)));
    expect(kinds.map(word)).toEqual([...HONEST.slice(0, 7), 'power-cut']);
    expect([1, 2].map((session) => manners.hidesIn(session))).toEqual([[], ['end', 'energy']]);
  });

  it('sends every message, once but for repetitions, unless it hides an end or a start', () => {
    fc.assert(
      fc.property(version, fc.nat(), fc.integer({ min: 1, max: 4 }), (spoken, seed, sessions) => {
        const chosen = randomMisbehaviours(spoken, seededNumbers(seed));
        const manners = new Manners(chosen, spoken);
        if (manners.hidesIn(1).some((hidden) => hidden === 'end' || hidden === 'start')) return;
        const honest = Array.from({ length: sessions }, (_, index) => messagesOf(spoken, index + 1)).flat();
        const sent = honest.flatMap((message) => manners.steps(message).flatMap(firstSending));
        const own = (messages: readonly Sending[], role: string): number =>
          messages.filter((message) => message.role === role).length;
        expect(own(sent, 'start')).toBe(own(honest, 'start'));
        const stops = manners.names.includes('provisional-stop') ? 2 : 1;
        expect(own(sent, 'stop')).toBe(stops * own(honest, 'stop'));
        expect(own(sent, 'update')).toBeGreaterThanOrEqual(own(honest, 'update'));
      }),
    );
  });

  it('repeats what it said', () => {
    fc.assert(
      fc.property(version, fc.nat(), (spoken, seed) => {
        const manners = new Manners(randomMisbehaviours(spoken, seededNumbers(seed)), spoken);
        for (const message of messagesOf(spoken, 1)) {
          const sent = manners.steps(message).flatMap((step) => (step.kind === 'send' ? [step.message] : []));
          for (const [place, repetition] of sent.entries()) {
            if (!repetition.repeats) continue;
            const first = sent.slice(0, place).findLast(({ role, repeats }) => role === repetition.role && !repeats);
            expect(repetition.payload()).toEqual(first?.payload());
          }
        }
      }),
    );
  });
});

function firstSending(step: ReturnType<Manners['steps']>[number]): Sending[] {
  return step.kind === 'send' && !step.message.repeats ? [step.message] : [];
}

describe('the catalogue', () => {
  it('has each name once, and a sentence for it', () => {
    expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
    for (const { does } of CATALOGUE) expect(does).toMatch(/^[A-Z].*\.$/);
  });

  it('lists the names for one that is not there', () => {
    expect(() => misbehavioursOf(['clock-2000', 'bad-hair'])).toThrow(
      /no misbehaviour bad-hair.*clock-2000.*lost-stop/s,
    );
  });

  it('chooses at random what goes together: each of another kind, of the version, the same for the same seed', () => {
    fc.assert(
      fc.property(version, fc.nat(), (spoken, seed) => {
        const chosen = randomMisbehaviours(spoken, seededNumbers(seed));
        expect(chosen.length).toBeGreaterThan(0);
        expect(new Set(chosen.map(({ kind }) => kind)).size).toBe(chosen.length);
        for (const one of chosen) expect([undefined, spoken]).toContain(one.version);
        expect(randomMisbehaviours(spoken, seededNumbers(seed))).toEqual(chosen);
      }),
    );
  });
});
