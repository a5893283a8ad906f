/** A text without what pads it: blanks, and the NUL or other control characters that some firmware leaves at an end. */
export function bareText(text: string): string {
  let start = 0;
  let end = text.length;
  // By hand: a regular expression needs quadratic time for a text that is all blanks but the last.
  while (start < end && isPadding(text.charCodeAt(start))) start += 1;
  while (end > start && isPadding(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end).trim();
}

function isPadding(code: number): boolean {
  return code <= 0x20 || code === 0x7f;
}
