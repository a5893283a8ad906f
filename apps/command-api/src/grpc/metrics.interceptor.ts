import { ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import type { GrpcMetrics } from '../metrics.ts';

/** Measures every call, including those that never reach a handler. */
export function measureCalls(metrics: GrpcMetrics): ServerInterceptor {
  return (method, call) => {
    const end = metrics.requestSeconds.startTimer({ method: method.path });
    let ended = false;
    const once = (code: status): void => {
      if (!ended) end({ code: status[code] ?? String(code) });
      ended = true;
    };
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => proceed(metadata),
          onReceiveMessage: (message, proceed) => proceed(message),
          onReceiveHalfClose: (proceed) => proceed(),
          onCancel: () => once(status.CANCELLED),
        }),
      sendStatus: (result, next) => {
        once(result.code);
        next(result);
      },
    });
  };
}
