import { Command } from 'commander';
import { printToken } from './access-token.ts';
import { audit } from './audit.ts';
import { doctorCharger } from './doctor-charger.ts';
import { down } from './down.ts';
import { findInstance, settingLines } from './instance.ts';
import { devServices } from './services.ts';
import { tests } from './tests.ts';
import { up } from './up.ts';

const program = new Command('dev').description('The development environment behind make');

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

command('up', 'start everything and do one session of each protocol', up);
command('down', 'stop all that `up` started', down);
command('tests', 'every check; ends with the totals', tests);
command('audit', 'advisories against what the services are shipped with', async () => audit());
command('settings', 'print NAME=value of what finds the engines of the running instance', async () => {
  for (const line of settingLines(findInstance(), process.env)) console.log(line);
  return true;
});
command('websocket-url', 'print where chargers connect', async () => {
  console.log(findInstance()?.addresses.websocket ?? devServices('', {}, process.env).addresses.websocket);
  return true;
});
command('doctor-charger', 'say why the charge point CP_ID cannot connect or is not Accepted', () =>
  doctorCharger(process.env['CP_ID'] ?? '', process.env),
);
command('get-token', 'print just the REST and gRPC token', async () => printToken(process.env));

await program.parseAsync();
