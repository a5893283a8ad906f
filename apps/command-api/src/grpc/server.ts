import type { Server, ServerOptions } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { Transport, type GrpcOptions } from '@nestjs/microservices';
import { HealthImplementation } from 'grpc-health-check';
import type { GrpcMetrics } from '../metrics.ts';
import { measureCalls } from './metrics.interceptor.ts';
import { GATEWAY_PACKAGE, GATEWAY_SERVICE_NAME, fileDescriptors, gatewayService } from './proto.ts';

/** Serves grpc.health.v1 for the whole server ("") and for the gateway service. */
export class GrpcHealth {
  private readonly service = new HealthImplementation();

  constructor() {
    this.set('SERVING');
  }

  set(status: 'SERVING' | 'NOT_SERVING'): void {
    this.service.setStatus('', status);
    this.service.setStatus(GATEWAY_SERVICE_NAME, status);
  }

  addTo(server: Server): void {
    this.service.addToServer(server);
  }
}

export function grpcOptions(options: {
  host: string;
  port: number;
  health: GrpcHealth;
  metrics: GrpcMetrics;
}): GrpcOptions {
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    transport: Transport.GRPC,
    options: {
      url: `${host}:${options.port}`,
      package: GATEWAY_PACKAGE,
      packageDefinition: { [GATEWAY_SERVICE_NAME]: gatewayService },
      gracefulShutdown: true,
      // Nest passes these options on to the grpc-js server unchanged.
      channelOptions: { interceptors: [measureCalls(options.metrics)] } as ServerOptions,
      onLoadPackageDefinition: (_definition: object, server: Server) => {
        options.health.addTo(server);
        reflection().addToServer(server);
      },
    },
  };
}

/** Of a package definition, the service reads nothing but the files. */
function reflection(): ReflectionService {
  const files = { fileDescriptorProtos: fileDescriptors() };
  return new ReflectionService({ files } as unknown as ConstructorParameters<typeof ReflectionService>[0]);
}
