type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The fields that have a value: backends may write null for none. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Present<T>;
}
