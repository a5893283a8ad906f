import { hash } from 'node:crypto';

/** Number of subjects that are remembered. The one that was silent for longest is forgotten first. */
const SUBJECTS = 20_000;
/** Number of contents for each subject. A charge point repeats an unanswered message soon or never. */
const CONTENTS = 8;

/**
 * Counts how often the same content was sent about a subject with other contents in between. A content that directly
 * follows itself is a repetition; one that returns after another content is a new one, even with the same time. The
 * counts are in memory only: a pod that loses them may at worst take one for the other, which is rare.
 */
export class Occurrences {
  /** For each subject the contents and their numbers, the newest last. */
  private readonly said = new Map<string, Map<string, number>>();

  /** The number of an occurrence, 0 for the first. A repetition has the number of the message that it repeats. */
  numberOf(subject: string, content: unknown): number {
    const digest = hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
    const contents = this.said.get(subject) ?? new Map<string, number>();
    const earlier = contents.get(digest);
    const isNewest = [...contents.keys()].at(-1) === digest;
    const number = earlier === undefined ? 0 : isNewest ? earlier : earlier + 1;
    renew(contents, digest, number, CONTENTS);
    renew(this.said, subject, contents, SUBJECTS);
    return number;
  }
}

/** Appends the entry, and removes the first one when there are too many. */
function renew<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
