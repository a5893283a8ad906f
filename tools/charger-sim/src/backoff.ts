/** How long to wait after so many failures; with jitter, so that a fleet does not come back in one burst. */
export function backoffMs({ firstMs, maxMs }: { firstMs: number; maxMs: number }, failures: number): number {
  const wait = Math.min(maxMs, firstMs * 2 ** Math.max(0, failures - 1));
  return wait * (0.75 + Math.random() / 2);
}
