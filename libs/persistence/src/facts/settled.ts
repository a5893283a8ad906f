/**
 * Like Promise.all, and rejects only once all have ended: what a writer sends after its first statement must not come behind
 * the end of the transaction, where it would be committed by itself.
 * @throws what failed first
 */
export async function settled<Value>(writes: readonly Promise<Value>[]): Promise<Value[]> {
  const faults: unknown[] = [];
  const values = await Promise.all(
    writes.map((write) =>
      write.catch((fault: unknown) => {
        faults.push(fault);
        return undefined as Value;
      }),
    ),
  );
  if (faults.length > 0) throw faults[0];
  return values;
}
