/** 1.6 connector N is EVSE N with connector N; 0/0 is the whole station (docs/adr). */
export interface EvseRef {
  evseId: number;
  connectorId: number;
}
