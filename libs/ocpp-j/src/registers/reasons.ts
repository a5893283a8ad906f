/** Why a transaction has no energy: the words of `energy_reason`, each with what it means (docs/registers.md). */
export const ENERGY_REASONS = {
  no_register: 'no reading of the energy import register was told',
  no_start_register: 'a register was told at the end alone',
  no_end_register: 'a register was told at the start alone',
  one_reading: 'one reading is all that was told, so it is no difference',
  register_fell: 'the register stood lower at the end than at the start, or its readings contradict each other',
  register_implausible: 'the register rose by more than can have been charged in the time between',
  phases_incomplete: 'the register was told by phase, and not for the same phases at the start and at the end',
  intervals_missing: 'energy was told by interval alone, and an interval is missing',
  signed_unit_unknown: 'the register was told as signed data alone, in no unit that is known',
} as const;

/** A word of {@link ENERGY_REASONS}. */
export type EnergyReason = keyof typeof ENERGY_REASONS;
