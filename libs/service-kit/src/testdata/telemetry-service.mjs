// A service that makes a span, logs within it, and meets an unexpected error, in a process of its own. It says what was loaded for
// traces and error reports. Needs the built library.
import { registerHooks } from 'node:module';

const loaded = new Set();
registerHooks({
  load(url, context, next) {
    const [, name] = /node_modules\/((?:@opentelemetry|@sentry|@grpc)\/[^/]+)\//.exec(url) ?? [];
    if (name) loaded.add(name);
    return next(url, context);
  },
});

const { Drain, LOGGER, inSpan, isTracing, runService, serviceConfig } = await import('@ocpp-gw/service-kit');
const { z } = await import('zod');

class EmptyModule {}

await runService({
  name: 'telemetry',
  schema: z.object({ ...serviceConfig, EVEYS_OCPP_BACKEND_TOKEN: z.string().optional() }),
  env: process.env,
  module: () => ({ module: EmptyModule }),
  listen: async (app) => {
    const logger = app.get(LOGGER);
    app.get(Drain).step('nothing', 100, () => Promise.resolve());
    await inSpan({ name: 'work', attributes: { 'ocpp.cp_id': 'CP1' } }, async () => {
      const cause = new Error(`the token ${process.env.EVEYS_OCPP_BACKEND_TOKEN} was refused`);
      logger.child({ cpId: 'CP1' }).error('call failed', {
        err: new Error('no answer', { cause }),
        idToken: 'canary-id-token',
        action: 'Authorize',
      });
      logger.warn('expected', { err: new Error('expected') });
    });
    logger.info('loaded', { isTracing: isTracing(), modules: [...loaded] });
  },
});
