import { findPrometheus, pickFreePort } from '@ocpp-gw/data-plane';
import { ServiceProcess } from '@ocpp-gw/rig';
import { ROOT } from '@ocpp-gw/rig/settings';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '../stack.ts';

/** One series, at the time of the query. */
interface Sample {
  metric: Record<string, string>;
  value: [number, string];
}

/** The real Prometheus, with our rules, reading the services of a stack every second. */
export class Prometheus {
  private readonly url: string;
  private readonly process: ServiceProcess;
  private readonly directory: string;

  private constructor(url: string, process: ServiceProcess, directory: string) {
    this.url = url;
    this.process = process;
    this.directory = directory;
  }

  static async start(stack: Stack): Promise<Prometheus> {
    const directory = await mkdtemp(join(tmpdir(), 'prometheus-'));
    const config = join(directory, 'prometheus.yaml');
    // JSON is YAML.
    await writeFile(config, JSON.stringify(configuration(stack)));
    const port = await pickFreePort();
    const process = await ServiceProcess.start({
      ...{ name: 'prometheus', file: await findPrometheus('prometheus', console.log), env: {}, directory },
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--enable-feature=exemplar-storage',
      ],
      readyUrl: `http://127.0.0.1:${port}/-/ready`,
    });
    return new Prometheus(`http://127.0.0.1:${port}`, process, directory);
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** The values that are numbers. @throws Error with what Prometheus says of the expression */
  async query(expr: string): Promise<number[]> {
    const response = await fetch(`${this.url}/api/v1/query`, {
      method: 'POST',
      body: new URLSearchParams({ query: expr }),
    });
    const { status, error, data } = (await response.json()) as {
      status: string;
      error?: string;
      data?: { result: Sample[] };
    };
    if (status !== 'success') throw new Error(`${error}: ${expr}`);
    return (data?.result ?? []).map(({ value }) => Number(value[1])).filter((value) => !Number.isNaN(value));
  }

  /** What is wrong with the targets that are read. */
  async faults(): Promise<string[]> {
    const { data } = (await (await fetch(`${this.url}/api/v1/targets`)).json()) as {
      data: { activeTargets: { scrapeUrl: string; health: string; lastError: string }[] };
    };
    return data.activeTargets
      .filter(({ health }) => health !== 'up')
      .map(({ scrapeUrl, health, lastError }) => `${scrapeUrl} is ${health}: ${lastError}`);
  }
}

function configuration(stack: Stack): object {
  const job = (job_name: string, ...processes: readonly ServiceProcess[]) => ({
    job_name,
    static_configs: [{ targets: processes.map(({ opsPort }) => `127.0.0.1:${opsPort}`) }],
  });
  return {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [join(ROOT, 'docker/observability/rules/*.yaml')],
    scrape_configs: [
      job('ws-edge', ...stack.edges),
      job('command-api', stack.api),
      job('clickhouse-ingestor', stack.ingestor),
      job('webhook-dispatcher', stack.dispatcher),
    ],
  };
}
