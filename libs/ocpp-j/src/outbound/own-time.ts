/**
 * Reads a time of our own request. The schema accepts times that Date cannot read, such as a leap second; `now` is used for
 * them.
 */
export function timeOf(text: string, now: Date): Date {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? now : time;
}

export function optionalTimeOf(text: string | undefined, now: Date): Date | undefined {
  return text === undefined ? undefined : timeOf(text, now);
}
