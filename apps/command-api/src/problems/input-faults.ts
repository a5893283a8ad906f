/** How deep a body may be nested. No OCPP message is nearly as deep, and a deeper body cannot be passed on. */
export const MAX_DEPTH = 64;

export interface InputFault {
  path: readonly PropertyKey[];
  message: string;
}

/** Whether objects and lists are nested more than {@link MAX_DEPTH} deep. The function does not recurse. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    level = level.flatMap((each) => (isNested(each) ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Finds texts that cannot be stored: those with a NUL, which Postgres refuses, and those with a lone surrogate, which are not Unicode. */
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
