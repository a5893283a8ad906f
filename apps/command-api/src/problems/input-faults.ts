/** How deep a body may be nested: no message of OCPP comes near it, and what is deeper cannot be passed on. */
export const MAX_DEPTH = 64;

export interface InputFault {
  path: readonly PropertyKey[];
  message: string;
}

/** Whether objects and lists lie in each other more than {@link MAX_DEPTH} deep. Does not recurse. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    level = level.flatMap((each) => (isNested(each) ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Texts that no store holds and no identity, name or id has: with a NUL (Postgres), or no Unicode (a lone surrogate). */
export function unstorableTexts(value: unknown, path: readonly PropertyKey[] = []): InputFault[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [{ path, message: UNSTORABLE }];
  if (!isNested(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => unstorableTexts(each, [...path, key]));
}

const UNSTORABLE = 'must be Unicode text without the character NUL';

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}
