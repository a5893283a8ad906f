import { forgetInstance } from './instance.ts';
import { devServices, liveChargers } from './services.ts';
import { stopService } from './service-runner.ts';
import { run } from './step.ts';

/** `make down`: stops all that `make up` started; the data stays. */
export async function down(): Promise<boolean> {
  // Only the names count here.
  const { services, addresses } = devServices('', {}, {});
  // Chargers first, then the services, then what those stand on.
  for (const { name } of [...liveChargers(addresses, ''), ...services.toReversed()])
    if (await stopService(name)) console.log(`${name}: stopped`);
  forgetInstance();
  return run(process.execPath, ['--conditions=@ocpp-gw/source', 'tools/data-plane/src/main.ts', 'down']);
}
