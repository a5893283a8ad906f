/**
 * The limit of nesting. No message of any version has a tenth of it. Code that writes or compares a value recurses, here and in
 * every system behind the gateway, and each of them can exhaust its stack.
 */
const MAX_DEPTH = 200;

/** Whether objects and lists are nested more deeply than the limit. The check itself goes no deeper than the limit. */
export function isNestedTooDeeply(value: unknown, left = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  return Object.values(value).some((part) => isNestedTooDeeply(part, left - 1));
}
