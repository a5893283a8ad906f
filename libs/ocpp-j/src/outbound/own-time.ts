/** A time of our own request. The schema lets through what Date cannot read, a leap second for one: `now` stands in. */
export function timeOf(text: string, now: Date): Date {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? now : time;
}

export function optionalTimeOf(text: string | undefined, now: Date): Date | undefined {
  return text === undefined ? undefined : timeOf(text, now);
}
