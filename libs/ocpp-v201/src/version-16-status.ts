/** Under which the gateway keeps what a message of another version says beyond this one. */
export const VENDOR = 'ocpp-gateway';

/** A connector's statuses of 1.6 that 2.0.1 has under another word, in lower case. */
export const VERSION_16_STATUSES: ReadonlyMap<string, string> = new Map([
  ['preparing', 'Occupied'],
  ['charging', 'Occupied'],
  ['suspendedev', 'Occupied'],
  ['suspendedevse', 'Occupied'],
  ['finishing', 'Occupied'],
]);
