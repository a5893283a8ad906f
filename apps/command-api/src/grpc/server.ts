import type { Server, ServerOptions } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { Transport, type GrpcOptions } from '@nestjs/microservices';
import { isTracing } from '@ocpp-gw/service-kit';
import { HealthImplementation, protoPath as healthFile } from 'grpc-health-check';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { GrpcMetrics } from '../metrics.ts';
import { measureCalls } from './metrics.interceptor.ts';
import { GATEWAY_PACKAGE, GATEWAY_SERVICE_NAME, fileDescriptors, gatewayService } from './proto.ts';
import { traceCalls } from './trace.interceptor.ts';

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
      channelOptions: {
        interceptors: [...(isTracing() ? [traceCalls] : []), measureCalls(options.metrics)],
      } as ServerOptions,
      onLoadPackageDefinition: (_definition: object, server: Server) => {
        options.health.addTo(server);
        reflection().addToServer(server);
      },
    },
  };
}

/** Lists every service that is served. Of a package definition, the service reads nothing but the files. */
function reflection(): ReflectionService {
  const files = { fileDescriptorProtos: [...fileDescriptors(), ...STANDARD_FILES.flatMap(descriptorsOf)] };
  return new ReflectionService({ files } as unknown as ConstructorParameters<typeof ReflectionService>[0]);
}

const REFLECTION_FILES = join(dirname(createRequire(import.meta.url).resolve('@grpc/reflection')), '../proto');
const STANDARD_FILES = [
  healthFile,
  join(REFLECTION_FILES, 'grpc/reflection/v1/reflection.proto'),
  join(REFLECTION_FILES, 'grpc/reflection/v1alpha/reflection.proto'),
];

function descriptorsOf(file: string): Buffer[] {
  const [first] = Object.values(loadSync(file)).filter((each) => 'fileDescriptorProtos' in each);
  return (first as { fileDescriptorProtos: Buffer[] } | undefined)?.fileDescriptorProtos ?? [];
}
