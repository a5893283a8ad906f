/** Undefined while the store is away. */
export async function unlessAway<T>(
  Away: new (...args: never[]) => Error,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Away) return undefined;
    throw error;
  }
}
