import type { Conversation } from '../conversation.ts';
import type { FindingKind } from '../findings/kinds.ts';
import { Talk, type Version } from './talk.ts';

/** A conversation, or what is known beside it, and how often a kind of finding occurs in it. */
export type Case = readonly [
  what: string,
  kind: FindingKind,
  count: number,
  play: (talk: Talk) => Partial<Conversation> | Talk,
];

/** What a case shows of its kind, and what it should show. */
export function played(version: Version, [, kind, count, play]: Case): { found: object; expected: object } {
  const talk = new Talk(version);
  const result = play(talk);
  const found = talk.found(result instanceof Talk ? {} : result, kind);
  return { found, expected: count === 0 ? {} : { [kind]: count } };
}
