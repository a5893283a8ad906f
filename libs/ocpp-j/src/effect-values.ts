/* What effects of every kind are made of. */

/** A moment as the charger told it. */
export interface ChargerTime {
  /** The charger's time, or the receive time where the charger's was missing or absurd (notes 2.11). */
  at: Date;
  /** What the charger sent, when `at` is not simply that. */
  raw?: string;
  /** The receive time stands in: the charger's clock tells nothing. */
  assumed?: true;
}

/** When a reading was taken. */
export interface Moment {
  /** As {@link ChargerTime.at}. */
  at: Date;
  /**
   * What the charger's clock showed, where `at` is the receive time; milliseconds since 1970, null: nothing. A clock that is
   * absurd still tells one reading from another.
   */
  clockMs?: number | null;
}

/** 1.6 connector N is EVSE N with connector N; 0/0 is the whole station (docs/adr). */
export interface EvseRef {
  evseId: number;
  connectorId: number;
}
