// The smallest service there can be: what runService does without an app around it. Needs the built library.
import { Drain, runService, serviceConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';

class EmptyModule {}

await runService({
  name: 'minimal',
  schema: z.object(serviceConfig),
  env: process.env,
  module: () => ({ module: EmptyModule }),
  listen: async (app) => {
    app.get(Drain).step('wait', 2000, () => new Promise((resolve) => setTimeout(resolve, 500)));
  },
});
