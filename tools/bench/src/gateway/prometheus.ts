import type { Addresses, Service } from './environments.ts';

/** The sum of a metric's samples whose labels hold `label`, from the text of /metrics. */
export function sumOf(text: string, metric: string, label = ''): number {
  return text
    .split('\n')
    .filter((line) => new RegExp(`^${metric}[{ ]`).test(line) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

export async function metricsOf(service: Service, { ports }: Addresses): Promise<string> {
  return (await fetch(`http://127.0.0.1:${ports.metrics[service]}/metrics`)).text();
}
