import type { Facts } from './fact.ts';

/** These facts have no rows: they are only published as events. */
export const onlyEvents = {
  dataTransferred: {},
  evChargingNeeds: {},
} satisfies Facts;
