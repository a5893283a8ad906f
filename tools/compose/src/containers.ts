/** A container as `compose ps` shows it. */
export interface Container {
  service: string;
  /** created, running, restarting, exited, … */
  state: string;
  /** healthy, unhealthy, starting; empty without a check. */
  health: string;
  exitCode: number;
}

interface Row {
  Service?: string;
  Labels?: string | Record<string, string>;
  State: string;
  Health?: string;
  Status?: string;
  ExitCode?: number;
}

/** Reads `compose ps --all --format json`: a line a container, or one list, by version. */
export function readContainers(text: string): Container[] {
  const trimmed = text.trim();
  const rows = (
    trimmed.startsWith('[')
      ? JSON.parse(trimmed)
      : trimmed
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as unknown)
  ) as Row[];
  return rows.map(({ Service, Labels, State, Health, Status = '', ExitCode = 0 }) => ({
    service: Service ?? (typeof Labels === 'object' ? Labels['com.docker.compose.service'] : undefined) ?? '?',
    state: State.toLowerCase(),
    health: Health ?? /\((healthy|unhealthy|starting)\)/.exec(Status)?.[1] ?? '',
    exitCode: ExitCode,
  }));
}

export type Progress = 'ready' | 'waiting' | 'failed';

/** Ready: it runs and is healthy, or it was a job and ended well. */
export function progressOf({ state, health, exitCode }: Container): Progress {
  if (state === 'exited') return exitCode === 0 ? 'ready' : 'failed';
  if (state === 'dead') return 'failed';
  return state === 'running' && (health === '' || health === 'healthy') ? 'ready' : 'waiting';
}

/** The services by what they are at; those without a container wait for one. A service of several is at what its slowest is at. */
export function progressOfAll(
  services: readonly string[],
  containers: readonly Container[],
): Record<Progress, readonly string[]> {
  const result: Record<Progress, string[]> = { ready: [], waiting: [], failed: [] };
  for (const service of services) {
    const its = containers.filter((one) => one.service === service).map(progressOf);
    const progress = its.includes('failed')
      ? 'failed'
      : its.length === 0 || its.includes('waiting')
        ? 'waiting'
        : 'ready';
    result[progress].push(service);
  }
  return result;
}
