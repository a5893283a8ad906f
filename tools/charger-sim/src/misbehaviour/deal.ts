import { CATALOGUE, misbehavioursOf, speaks } from './catalogue.ts';
import type { Misbehaviour, Version } from './misbehaviour.ts';

/**
 * All misbehaviours of a version, dealt to so many chargers, of a kind one to each; chargers that come first get more. With more chargers
 * than misbehaviours the last behave. What finds no charger, because each has one of its kind, is left out. `next` gives numbers from 0 up to, not including, 1.
 */
export function dealMisbehaviours(version: Version, chargers: number, next: () => number): Misbehaviour[][] {
  const hands = Array.from({ length: chargers }, (): Misbehaviour[] => []);
  const deck = CATALOGUE.filter((each) => speaks(each, version)).map((each) => ({ each, order: next() }));
  for (const { each } of deck.toSorted((one, other) => one.order - other.order)) {
    const free = hands.filter((hand) => hand.every(({ kind }) => kind !== each.kind));
    const fewest = Math.min(...free.map(({ length }) => length));
    free.find(({ length }) => length === fewest)?.push(each);
  }
  return hands.map((hand) => misbehavioursOf(hand.map(({ name }) => name)));
}
