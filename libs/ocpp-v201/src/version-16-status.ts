/** The vendor id under which the gateway keeps fields that this version does not have. */
export const VENDOR = 'ocpp-gateway';

/** Connector statuses of 1.6 that have another name in 2.0.1, in lower case. */
export const VERSION_16_STATUSES: ReadonlyMap<string, string> = new Map([
  ['preparing', 'Occupied'],
  ['charging', 'Occupied'],
  ['suspendedev', 'Occupied'],
  ['suspendedevse', 'Occupied'],
  ['finishing', 'Occupied'],
]);
