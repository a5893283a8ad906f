import { Module, type DynamicModule } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import type { Logger as Pino } from 'pino';
import { Drain } from './drain.ts';
import { LOGGER, toLogger } from './logger.ts';
import { Readiness } from './readiness.ts';

interface LoggedRequest {
  url: string;
  query: unknown;
  params: unknown;
}

/** Logger, readiness and drain for the whole application. */
@Module({})
export class ServiceKitModule {
  /** @param loggedUrl what the log has of a URL, which may hold what no log may */
  static register(pino: Pino, loggedUrl: (url: string) => string = (url) => url): DynamicModule {
    const logger = toLogger(pino);
    return {
      module: ServiceKitModule,
      global: true,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: {
            logger: pino,
            genReqId: requestId,
            customAttributeKeys: { reqId: 'request_id' },
            quietReqLogger: true,
            // Query and parameters are in the URL.
            serializers: {
              req: ({ query: _query, params: _params, ...request }: LoggedRequest) => ({
                ...request,
                url: loggedUrl(request.url),
              }),
            },
            autoLogging: { ignore: (request) => /\/(health|ready|metrics)$/.test(request.url ?? '') },
          },
        }),
      ],
      providers: [
        { provide: LOGGER, useValue: logger },
        { provide: Readiness, useValue: new Readiness() },
        { provide: Drain, useValue: new Drain(logger) },
      ],
      exports: [LOGGER, Readiness, Drain],
    };
  }
}

/** The caller's X-Request-Id when it is a sane one, else a fresh UUID. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
