import { Command } from 'commander';
import { composeSmoke, down, downVolumes, grafanaDown, grafanaUp, status, up, wait } from './commands.ts';

const program = new Command('compose').description('The gateway in containers, behind make');

function command(name: string, description: string, work: () => Promise<boolean>): void {
  program
    .command(name)
    .description(description)
    .action(async () => {
      const ok = await work().catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        return false;
      });
      process.exitCode = ok ? 0 : 1;
    });
}

command('up', 'build what has no image, start everything, wait until it is ready', up);
command('wait', 'wait until everything is ready, and say where it is', wait);
command('status', 'what runs, and how it is', status);
command('down', 'stop and remove the containers; the data stays', down);
command('down-volumes', 'the data goes, too; asks first', downVolumes);
command('smoke', 'a session of each version through Envoy, seen in REST, ClickHouse and the webhooks', composeSmoke);
command('grafana-up', 'start Prometheus, Grafana and the OpenTelemetry collector beside it', grafanaUp);
command('grafana-down', 'stop and remove those three', grafanaDown);

await program.parseAsync();
