export interface LocalListUpdate<Info> {
  version: number;
  type: 'Full' | 'Differential';
  /** An entry without information takes the token off the list. */
  entries: readonly { idToken: string; info?: Info }[];
}

/** The local authorization list. Id tokens compare case-insensitively. */
export class LocalList<Info> {
  /** 0: empty, never sent. */
  version = 0;
  readonly #entries = new Map<string, Info | undefined>();

  get size(): number {
    return this.#entries.size;
  }

  update({ version, type, entries }: LocalListUpdate<Info>): 'Accepted' | 'VersionMismatch' {
    // 1.6 5.15, 2.0.1 D01.FR.19: a differential update must be newer than what is here.
    if (type === 'Differential' && version <= this.version) return 'VersionMismatch';
    if (type === 'Full') this.#entries.clear();
    for (const { idToken, info } of entries) {
      if (type === 'Differential' && info === undefined) this.#entries.delete(idToken.toLowerCase());
      else this.#entries.set(idToken.toLowerCase(), info);
    }
    this.version = version;
    return 'Accepted';
  }
}
