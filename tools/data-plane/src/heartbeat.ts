const BEAT_MS = 5_000;

/** Announces a long step, and says every few seconds that it is still under way. */
export async function withHeartbeat<T>(
  report: (message: string) => void,
  step: string,
  work: () => Promise<T>,
): Promise<T> {
  const started = Date.now();
  report(step);
  const timer = setInterval(() => report(`${step}, ${Math.round((Date.now() - started) / 1000)} s so far`), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
