import { ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { startSpan, type LiveSpan } from '@ocpp-gw/service-kit';

/** Faults of the server, not of the caller. */
const FAULTS: ReadonlySet<status> = new Set([
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);

/** Gives each call a span, in the trace of its caller if there is one. */
export const traceCalls: ServerInterceptor = (method, call) => {
  let span: LiveSpan | undefined;
  const within = (work: () => void): void => (span ? span.run(work) : work());
  const end = (code: status): void => {
    span?.set({ 'rpc.grpc.status_code': code });
    if (FAULTS.has(code)) span?.failed(status[code]);
    span?.end();
    span = undefined;
  };
  return new ServerInterceptingCall(call, {
    start: (next) =>
      next({
        onReceiveMetadata: (metadata, proceed) => {
          const name = method.path.slice(1);
          const [service = '', rpc = ''] = name.split('/');
          span = startSpan({
            name,
            kind: 'server',
            parent: metadata.get('traceparent')[0]?.toString() ?? null,
            attributes: { 'rpc.system': 'grpc', 'rpc.service': service, 'rpc.method': rpc },
          });
          within(() => proceed(metadata));
        },
        onReceiveMessage: (message, proceed) => within(() => proceed(message)),
        onReceiveHalfClose: (proceed) => within(proceed),
        onCancel: () => end(status.CANCELLED),
      }),
    sendStatus: (result, next) => {
      end(result.code);
      next(result);
    },
  });
};
