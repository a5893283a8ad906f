type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Removes fields without a value, at every depth, because backends may write null for an absent one. */
export function present<T extends object>(fields: T): Present<T> {
  return JSON.parse(JSON.stringify(fields, (_key, value: unknown) => value ?? undefined)) as Present<T>;
}
