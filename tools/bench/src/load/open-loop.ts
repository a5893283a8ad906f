export interface OpenLoop {
  chargers: number;
  perSecond: number;
  seconds: number;
  /** Messages of one unit of the workload. */
  perUnit: number;
}

export interface OpenLoopPlan {
  unitsPerCharger: number;
  /** When the charger's `turn`th message is due, ms after the start. */
  dueMs(charger: number, turn: number): number;
}

/** Whole units at an even pace: the chargers take turns, one message each. At least one unit, so a slow rate takes longer. */
export function planOpenLoop({ chargers, perSecond, seconds, perUnit }: OpenLoop): OpenLoopPlan {
  return {
    unitsPerCharger: Math.max(1, Math.round((perSecond * seconds) / (chargers * perUnit))),
    dueMs: (charger, turn) => ((turn * chargers + charger) * 1000) / perSecond,
  };
}
