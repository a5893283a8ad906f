/**
 * The energy register of a start or stop, Wh. No register is negative: a negative number means that the charge point sent
 * none (notes 4.14).
 */
export function registerWh(register: number): number | undefined {
  return register < 0 ? undefined : register;
}
