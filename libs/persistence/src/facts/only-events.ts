import type { Facts } from './fact.ts';

/** No row remembers them: receivers hear of them, and that is all. */
export const onlyEvents = {
  dataTransferred: {},
  evChargingNeeds: {},
} satisfies Facts;
