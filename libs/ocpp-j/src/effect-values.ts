/* What effects of every kind are made of. */

/** A moment as the charger reported it. */
export interface ChargerTime {
  /** The charger's time, or the receive time where the charger's was missing or absurd (notes 2.11). */
  at: Date;
  /** The text that the charger sent, when it says more than `at` or something else. */
  raw?: string;
  /** `at` is the receive time, because the charger's clock cannot be used. */
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
