import { hash } from 'node:crypto';

/** Subjects that are remembered; of whom the longest nothing came is forgotten. */
const SUBJECTS = 20_000;
/** Contents of each: a charger sends again what it got no answer to soon, or never. */
const CONTENTS = 8;

/**
 * How often the same was said of a subject with something else in between. What comes again directly behind itself is a
 * repetition; what comes back after something else is another, though it say the same at the same time. In memory: of what is
 * said so often, whoever loses it takes one for the other at worst.
 */
export class Occurrences {
  /** By subject: what was said, with its number, the newest last. */
  private readonly said = new Map<string, Map<string, number>>();

  /** 0 for the first. A repetition has the number of what it repeats. */
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

/** Puts it last; the first goes where there are too many. */
function renew<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
