/** The states of a connector in the words of all versions, as ClickHouse has them beside the version's own. */
export const CONNECTOR_STATES = [
  'available',
  'occupied',
  'charging',
  'reserved',
  'unavailable',
  'faulted',
  'unknown',
] as const;

export type ConnectorState = (typeof CONNECTOR_STATES)[number];

/** The status of each version, in lower case. Any other word is unknown. */
export const STATE_OF_STATUS: Readonly<Record<string, ConnectorState>> = {
  available: 'available',
  preparing: 'occupied',
  charging: 'charging',
  suspendedevse: 'occupied',
  suspendedev: 'occupied',
  finishing: 'occupied',
  occupied: 'occupied',
  reserved: 'reserved',
  unavailable: 'unavailable',
  faulted: 'faulted',
};
