import { createHash } from 'node:crypto';

const NAMES = new Map<string, string>();

/**
 * A named statement is planned once for each connection, which halves the cost of the large ones. Texts are constants of
 * the code, so there are few. A pooler between us and Postgres must know prepared statements, or pool by session.
 */
export function statement(text: string, values: readonly unknown[]): { name: string; text: string; values: unknown[] } {
  const name = NAMES.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 22);
  NAMES.set(text, name);
  return { name, text, values: [...values] };
}
