import { clocks } from './clocks.ts';
import { fields } from './fields.ts';
import { answers, frames, states } from './frames.ts';
import { identities } from './identities.ts';
import type { Misbehaviour, Version } from './misbehaviour.ts';
import { meters, registers } from './registers.ts';
import { ends, orders } from './transactions.ts';

/** What each does to a message comes in this order, whatever the order in which they are named: content before repetition. */
export const CATALOGUE: readonly Misbehaviour[] = [
  ...clocks,
  ...meters,
  ...registers,
  ...identities,
  ...ends,
  ...orders,
  ...states,
  ...fields,
  ...frames,
  ...answers,
];

const NAMES: readonly string[] = CATALOGUE.map(({ name }) => name);

/** In the order of the catalogue. @throws Error that lists the names, for one that is not there */
export function misbehavioursOf(names: readonly string[]): Misbehaviour[] {
  const unknown = names.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no misbehaviour ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);
  return CATALOGUE.filter(({ name }) => names.includes(name));
}

export function speaks({ version }: Misbehaviour, spoken: Version): boolean {
  return version === undefined || version === spoken;
}

/** One to three that go together, each of another kind. `next` gives numbers from 0 up to, not including, 1. */
export function randomMisbehaviours(
  version: Version,
  next: () => number,
  eligible: (misbehaviour: Misbehaviour) => boolean = () => true,
): Misbehaviour[] {
  const pool = CATALOGUE.filter(
    (misbehaviour) => !misbehaviour.byNameOnly && speaks(misbehaviour, version) && eligible(misbehaviour),
  );
  const chosen: Misbehaviour[] = [];
  for (let wanted = 1 + Math.floor(next() * 3); wanted > 0; wanted -= 1) {
    const left = pool.filter(({ kind }) => chosen.every((other) => other.kind !== kind));
    const one = left[Math.floor(next() * left.length)];
    if (one) chosen.push(one);
  }
  return misbehavioursOf(chosen.map(({ name }) => name));
}

/** For `--help`: one line each. */
export function describeMisbehaviours(): string {
  const width = Math.max(...NAMES.map(({ length }) => length));
  return CATALOGUE.map(
    ({ name, version, does }) => `  ${name.padEnd(width)}  ${(version ?? '').padEnd(5)}  ${does}`,
  ).join('\n');
}
