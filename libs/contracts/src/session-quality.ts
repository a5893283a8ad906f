/** What may be wrong with a session, and what each flag means (docs/registers.md). A later revision may take a flag back. */
export const SESSION_QUALITIES = {
  register_reset: 'the register fell, so the energy is unknown: a meter that was reset or exchanged does so',
  reading_implausible:
    'a reading was passed over: it lies outside of the bill, below the one before it, or beyond what time and power allow',
  clock_skew: 'every message came long after its own time, or before it: the clock is wrong, or all were sent late',
  estimated_by_interval: 'no reading between start and end was billed: when the energy was drawn is a straight line',
  start_assumed: 'the start was not received, or its time could not be used',
  end_inferred: 'the charge point reported no end; the gateway or an operator concluded it',
  corrected: 'it was changed after it had ended',
  unit_assumed: 'a register that may be billed named no unit, so Wh was assumed',
  messages_missing: 'messages are missing by their sequence numbers (2.0.1)',
} as const;

/** A key of {@link SESSION_QUALITIES}. */
export type SessionQuality = keyof typeof SESSION_QUALITIES;
