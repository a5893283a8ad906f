import {
  Metadata,
  credentials,
  makeGenericClientConstructor,
  type ClientReadableStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { gateway } from '@ocpp-gw/contracts';
import { GATEWAY_SERVICE, gatewayService } from '../grpc/proto.ts';
import { TOKEN } from './api.ts';

type Unary = (
  message: object,
  metadata: Metadata,
  options: { deadline?: number },
  callback: (error: ServiceError | null, answer: unknown) => void,
) => void;

/** A real client of the gateway service. */
export class GatewayClient {
  private readonly client;

  constructor(target: string) {
    const Client = makeGenericClientConstructor(gatewayService, GATEWAY_SERVICE);
    this.client = new Client(target, credentials.createInsecure());
  }

  /** Resolves with the answer or with the error. */
  call(
    method: string,
    message: object,
    options: { token?: string | null; deadlineMs?: number; metadata?: Record<string, string> } = {},
  ): Promise<{ answer?: Record<string, unknown>; error?: ServiceError }> {
    const metadata = new Metadata();
    const { token = TOKEN } = options;
    if (token !== null) metadata.set('authorization', `Bearer ${token}`);
    for (const [key, value] of Object.entries(options.metadata ?? {})) metadata.set(key, value);
    const unary = (this.client as unknown as Record<string, Unary>)[method]?.bind(this.client);
    if (!unary) throw new Error(`no method ${method}`);
    const deadline = options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs };
    return new Promise((resolve) =>
      unary(whole(method, message), metadata, deadline, (error, answer) =>
        resolve(error ? { error } : { answer: answer as Record<string, unknown> }),
      ),
    );
  }

  /** An rpc that answers with a stream. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- messages of every rpc
  stream(method: string, message: object, token = TOKEN): ClientReadableStream<any> {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    const streaming = this.client as unknown as Record<string, (message: object, metadata: Metadata) => never>;
    return streaming[method]?.call(this.client, whole(method, message), metadata) as never;
  }

  close(): void {
    this.client.close();
  }
}

/** Fields left out take their zero values. */
function whole(method: string, message: object): object {
  const type = (gateway as unknown as Record<string, { fromPartial(parts: object): object } | undefined>)[
    `${method}Request`
  ];
  return type?.fromPartial(message) ?? message;
}
