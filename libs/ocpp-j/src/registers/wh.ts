/** Removes the error of binary fractions: 19718.7, not 19718.699999999953. Meters measure hundredths of a Wh at most. */
export function exactWh(wh: number): number {
  return Number(wh.toFixed(4));
}
