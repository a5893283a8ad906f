/**
 * No message of any version has a tenth of it. What writes or compares a value recurses, here and in every system behind, and
 * each has its own end of the stack.
 */
const MAX_DEPTH = 200;

/** Whether objects and lists stand in each other more deeply than anybody can mean. Itself goes no deeper than that. */
export function isNestedTooDeeply(value: unknown, left = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  return Object.values(value).some((part) => isNestedTooDeeply(part, left - 1));
}
