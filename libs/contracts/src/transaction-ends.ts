/** Why a transaction ended without a stop of the charger: the values of `end_inferred` and their meanings (docs/data/quality.md). */
export const END_INFERENCES = {
  newer_start: 'another transaction started on its connector or EVSE',
  reused_id: 'the station used its id for another transaction (2.0.1)',
  status_answer: 'GetTransactionStatus says that it is over and that nothing more will come (2.0.1)',
  /** That long is EVEYS_OCPP_TRANSACTION_SUSPECT_SILENCE_S. */
  silence: 'something speaks against it, and no message of it came for a long time',
  operator: 'somebody ended it by REST or gRPC',
} as const;

/** A key of {@link END_INFERENCES}. */
export type EndInference = keyof typeof END_INFERENCES;

/** Why a stop is kept without a transaction: the values of `unassigned_reason` and their meanings (docs/data/quality.md). */
export const UNASSIGNED_REASONS = {
  no_transaction_fits: 'the charger ended what no transaction fits',
  several_transactions_fit: 'the charger ended what several transactions fit',
} as const;

/** A key of {@link UNASSIGNED_REASONS}. */
export type UnassignedReason = keyof typeof UNASSIGNED_REASONS;
