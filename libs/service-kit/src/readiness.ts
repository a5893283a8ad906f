/** Whether this instance should get traffic. Ports that are not open yet, draining or a failing check says no. */
export class Readiness {
  /** Set until the ports are open. */
  starting = false;
  /** Set once SIGTERM has come. */
  draining = false;
  private readonly checks = new Map<string, () => Promise<void>>();

  /** Registers a dependency; `probe` rejects when it is away. A probe over 2 s counts as away. */
  check(name: string, probe: () => Promise<void>): void {
    this.checks.set(name, probe);
  }

  async state(): Promise<ReadinessState> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, probe]) => [name, await outcome(probe)] as const),
    );
    const checks = Object.fromEntries(results);
    const failing = results.some(([, result]) => result !== 'ok');
    return { status: this.status(failing), checks };
  }

  private status(failing: boolean): ReadinessState['status'] {
    if (this.draining) return 'draining';
    if (this.starting) return 'starting';
    return failing ? 'unavailable' : 'ready';
  }
}

export interface ReadinessState {
  status: 'ready' | 'starting' | 'draining' | 'unavailable';
  /** "ok", or why the dependency is away, by name. */
  checks: Record<string, string>;
}

const PROBE_TIMEOUT_MS = 2000;

async function outcome(probe: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${PROBE_TIMEOUT_MS} ms`), PROBE_TIMEOUT_MS);
  });
  const probed = probe().then(
    () => 'ok',
    (error: unknown) => (error instanceof Error && error.message ? error.message : String(error)),
  );
  return Promise.race([probed, late]).finally(() => clearTimeout(timer));
}
