import { ENGINE_NAMES, type EngineName } from './engine.ts';

export type EnginePorts = Readonly<Record<EngineName, number>>;

export const DEFAULT_PORTS: EnginePorts = { postgres: 5432, redis: 6379, kafka: 9092, clickhouse: 8123 };

export function portVariable(engine: EngineName): string {
  return `EVEYS_OCPP_DATA_PLANE_${engine.toUpperCase()}_PORT`;
}

function parsePort(text: string, origin: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text.trim()) || port < 1 || port > 65_535) {
    throw new Error(`${origin} must be a port number from 1 to 65535, not ${JSON.stringify(text)}`);
  }
  return port;
}

/** Flags win over environment variables, those over the defaults. All faults are reported at once. */
export function resolvePorts(
  flags: Partial<Record<EngineName, string>>,
  env: Readonly<Record<string, string | undefined>>,
  only: readonly EngineName[] = ENGINE_NAMES,
): EnginePorts {
  const faults: string[] = [];
  const ports = { ...DEFAULT_PORTS };
  for (const engine of ENGINE_NAMES) {
    const flag = flags[engine];
    const variable = env[portVariable(engine)];
    try {
      if (flag !== undefined) ports[engine] = parsePort(flag, `--${engine}-port`);
      else if (variable) ports[engine] = parsePort(variable, portVariable(engine));
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  faults.push(...findDuplicates(ports, only));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return ports;
}

function findDuplicates(ports: EnginePorts, only: readonly EngineName[]): string[] {
  return only.flatMap((engine, index) =>
    only
      .slice(index + 1)
      .filter((other) => ports[other] === ports[engine])
      .map((other) => `${engine} and ${other} are both given port ${ports[engine]}: choose two different ports`),
  );
}

export function parseEngines(text: string): EngineName[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !ENGINE_NAMES.includes(name as EngineName));
  if (unknown.length > 0) {
    throw new Error(
      `unknown engine ${unknown.join(', ')}: --only takes a comma-separated list of ${ENGINE_NAMES.join(', ')}`,
    );
  }
  return ENGINE_NAMES.filter((name) => names.includes(name));
}
