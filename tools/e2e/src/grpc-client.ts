import {
  credentials,
  loadPackageDefinition,
  Metadata,
  type Client,
  type ClientUnaryCall,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { resolve } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';

type Unary = (
  request: object,
  metadata: Metadata,
  options: object,
  done: (error: ServiceError | null, reply: unknown) => void,
) => ClientUnaryCall;

/** A client made from the .proto alone, as any backend would make it. */
export class GatewayClient {
  private readonly client: Client & Record<string, Unary>;

  constructor(address: string) {
    const definition = loadSync('ocpp_gw/v1/gateway.proto', {
      includeDirs: [resolve(ROOT, 'proto')],
      keepCase: true,
      enums: String,
    });
    const loaded = loadPackageDefinition(definition) as unknown as {
      ocpp_gw: { v1: { GatewayService: new (address: string, credentials: object) => Client & Record<string, Unary> } };
    };
    this.client = new loaded.ocpp_gw.v1.GatewayService(address, credentials.createInsecure());
  }

  /** `signal` cancels the call. @throws ServiceError with the gRPC code. */
  call(
    method: string,
    request: object,
    token: string,
    {
      deadlineMs = 35_000,
      signal,
      traceparent,
    }: { deadlineMs?: number; signal?: AbortSignal; traceparent?: string } = {},
  ): Promise<Record<string, unknown>> {
    const metadata = new Metadata();
    if (token) metadata.set('authorization', `Bearer ${token}`);
    if (traceparent !== undefined) metadata.set('traceparent', traceparent);
    return new Promise((resolve, reject) => {
      const call = this.client[method]?.(request, metadata, { deadline: Date.now() + deadlineMs }, (error, reply) =>
        error ? reject(error) : resolve(reply as Record<string, unknown>),
      );
      signal?.addEventListener('abort', () => call?.cancel());
    });
  }

  close(): void {
    this.client.close();
  }
}
