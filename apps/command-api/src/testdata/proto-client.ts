import { join } from 'node:path';
import { Metadata, credentials, loadPackageDefinition, type Client, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { TOKEN } from './api.ts';

export const PROTO_ROOT = join(import.meta.dirname, '../../../../proto');

type Unary = (message: object, metadata: Metadata, done: (error: ServiceError | null, reply: unknown) => void) => void;

/** A client made of gateway.proto alone, in its own words, as a backend would make it. */
export class ProtoClient {
  private readonly client: Client & Record<string, Unary>;

  constructor(target: string) {
    const definition = loadSync('ocpp_gw/v1/gateway.proto', {
      includeDirs: [PROTO_ROOT],
      keepCase: true,
      enums: String,
    });
    const loaded = loadPackageDefinition(definition) as unknown as {
      ocpp_gw: { v1: { GatewayService: new (target: string, creds: object) => Client & Record<string, Unary> } };
    };
    this.client = new loaded.ocpp_gw.v1.GatewayService(target, credentials.createInsecure());
  }

  /** @throws ServiceError */
  call(method: string, message: object): Promise<Record<string, unknown>> {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${TOKEN}`);
    return new Promise((resolve, reject) =>
      this.client[method]?.(message, metadata, (error, reply) =>
        error ? reject(error) : resolve(reply as Record<string, unknown>),
      ),
    );
  }

  close(): void {
    this.client.close();
  }
}
