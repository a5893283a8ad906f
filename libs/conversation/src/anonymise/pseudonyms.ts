import { createHmac } from 'node:crypto';

const PREFIX = 'anon';
/** With the prefix 16 characters, which every identifier of either version may have. */
const DIGITS = 12;
const MAX_EXACT_DIGITS = 15;

/** Replacements for values: the same for the same value, whatever its letter case, as long as the salt is the same. */
export class Pseudonyms {
  private readonly known = new Map<string, string>();
  private readonly salt: string;

  constructor(salt: string) {
    this.salt = salt;
  }

  of(value: string): string {
    return PREFIX + this.digest(value).slice(0, DIGITS);
  }

  /** A URL that leads nowhere. */
  ofUrl(value: string): string {
    return `https://${this.of(value)}.invalid/`;
  }

  /** A whole number with as many digits. */
  ofNumber(value: number): number {
    const digits = String(Math.trunc(Math.abs(value))).slice(0, MAX_EXACT_DIGITS).length;
    const lowest = 10 ** (digits - 1);
    const replacement = lowest + (Number.parseInt(this.digest(String(value)).slice(0, DIGITS), 16) % (9 * lowest));
    // A replacement must not be the value itself.
    return replacement === value ? lowest : replacement;
  }

  private digest(value: string): string {
    const key = value.trim().toLowerCase();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const digest = createHmac('sha256', this.salt).update(key).digest('hex');
    this.known.set(key, digest);
    return digest;
  }
}
