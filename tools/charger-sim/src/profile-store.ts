/** What both versions need to know of a charging profile; `profile` is the version's own. */
export interface StoredProfile<Profile> {
  id: number;
  evseId: number;
  purpose: string;
  stackLevel: number;
  profile: Profile;
}

export type ProfileCriteria = Partial<Pick<StoredProfile<unknown>, 'id' | 'evseId' | 'purpose' | 'stackLevel'>>;

/** The charging profiles in force. */
export class ProfileStore<Profile> {
  #profiles: StoredProfile<Profile>[] = [];

  /** Replaces the profile of the same id, and the one of the same purpose and stack level there (1.6 3.13.2, K01.FR.05). */
  set(added: StoredProfile<Profile>): void {
    this.#profiles = this.#profiles.filter(
      (present) =>
        present.id !== added.id &&
        !(
          present.evseId === added.evseId &&
          present.purpose === added.purpose &&
          present.stackLevel === added.stackLevel
        ),
    );
    this.#profiles.push(added);
  }

  find(criteria: ProfileCriteria): StoredProfile<Profile>[] {
    const wanted = Object.entries(criteria).filter(([, value]) => value !== undefined);
    return this.#profiles.filter((profile) =>
      wanted.every(([name, value]) => profile[name as keyof ProfileCriteria] === value),
    );
  }

  /** How many were cleared. */
  clear(criteria: ProfileCriteria): number {
    const cleared = new Set(this.find(criteria));
    this.#profiles = this.#profiles.filter((profile) => !cleared.has(profile));
    return cleared.size;
  }

  /** The profile that rules an EVSE: the highest stack level among its own and the station's. */
  ruling(evseId: number): StoredProfile<Profile> | undefined {
    return this.#profiles
      .filter((profile) => profile.evseId === evseId || profile.evseId === 0)
      .sort((a, b) => b.stackLevel - a.stackLevel)[0];
  }
}
