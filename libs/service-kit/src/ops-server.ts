import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HealthController } from './health.controller.ts';
import { Readiness } from './readiness.ts';

@Module({})
class OpsModule {}

/** Serves /metrics, /api/v1/health and /api/v1/ready on a port of its own, the same in every app. */
export async function startOpsServer(options: {
  host: string;
  port: number;
  readiness: Readiness;
}): Promise<INestApplication> {
  // Dynamic: a static import fails on a require cycle inside Jest.
  const { PrometheusModule } = await import('@willsoto/nestjs-prometheus');
  const root: DynamicModule = {
    module: OpsModule,
    imports: [PrometheusModule.register({ path: '/metrics', defaultMetrics: { enabled: true } })],
    controllers: [HealthController],
    providers: [{ provide: Readiness, useValue: options.readiness }],
  };
  const app = await NestFactory.create(root);
  await app.listen(options.port, options.host);
  return app;
}
