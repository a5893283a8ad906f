const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** "500ms", "10s", "2m", "1h" as milliseconds; a bare number means seconds. Null when it is none of them. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim());
  if (!match) return null;
  return Math.round(Number(match[1]) * UNITS[(match[2] ?? 's') as keyof typeof UNITS]);
}
