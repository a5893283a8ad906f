type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Removes fields without a value, because backends may write null for an absent one. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Present<T>;
}
