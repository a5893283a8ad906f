/** Why a transaction has no energy: the values of `energy_reason` and their meanings (docs/registers.md). */
export const ENERGY_REASONS = {
  no_register: 'no reading of the energy import register was received',
  no_start_register: 'a register was sent only at the end',
  no_end_register: 'a register was sent only at the start',
  one_reading: 'there is only one reading, so there is no difference',
  register_fell: 'the register stood lower at the end than at the start, or its readings contradict each other',
  register_implausible: 'the register rose by more than can have been charged in the time between',
  phases_incomplete: 'the register was sent by phase, and not for the same phases at the start and at the end',
  intervals_missing: 'only intervals were sent, and an interval is missing',
  signed_unit_unknown: 'only signed data was sent for the register, in no unit that is known',
} as const;

/** A key of {@link ENERGY_REASONS}. */
export type EnergyReason = keyof typeof ENERGY_REASONS;
