import { GroupCommit } from './group-commit.ts';

/** Most lookups of one query. */
const LIMIT = 200;

interface Asked<Of, Found> {
  of: Of;
  found?: Found;
}

/** Lets lookups share a query: one goes at once while none is under way, and what comes meanwhile goes together. */
export class SharedLookup<Of, Found> {
  private readonly group: GroupCommit<Asked<Of, Found>>;

  /** @param read gives an answer for each that is asked, in the same order */
  constructor(read: (asked: readonly Of[]) => Promise<readonly Found[]>) {
    this.group = new GroupCommit({
      limit: LIMIT,
      inFlight: 1,
      commit: async (asked) => {
        const found = await read(asked.map(({ of }) => of));
        for (const [index, one] of asked.entries()) one.found = found[index] as Found;
      },
    });
  }

  /** @throws DatabaseUnavailableError */
  async find(of: Of): Promise<Found> {
    const asked: Asked<Of, Found> = { of };
    await this.group.add([asked]);
    return asked.found as Found;
  }
}
