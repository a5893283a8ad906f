// The smallest service there can be: what runService does without an app around it. Its drain lasts until its input
// ends. Needs the built library.
import { Drain, runService, serviceConfig } from '@ocpp-gw/service-kit';
import { once } from 'node:events';
import { z } from 'zod';

class EmptyModule {}

await runService({
  name: 'minimal',
  schema: z.object(serviceConfig),
  env: process.env,
  module: () => ({ module: EmptyModule }),
  listen: async (app) => {
    app.get(Drain).step('wait', 60_000, () => once(process.stdin.resume(), 'end'));
  },
});
