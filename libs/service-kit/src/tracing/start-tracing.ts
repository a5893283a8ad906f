import type { Logger } from '../logger.ts';
import { makeSpansWith } from './spans.ts';

/** As many as one batch is linked to. */
const LINKS = 1024;
/** A charge point chooses texts such as message ids, and none of them needs more. */
const TEXT_LENGTH = 256;
/** At its end a process waits this long for the receiver of its last spans. */
const LAST_SPANS_MS = 3_000;

export interface TracingOptions {
  service: string;
  pod: string;
  protocol: 'http/protobuf' | 'grpc';
  logger: Logger;
}

/**
 * Loads OpenTelemetry and makes spans from now on. Where they go, and which are kept, its SDK reads from the environment.
 * @returns ends it, with the spans that are left sent
 */
export async function startTracing({ service, pod, protocol, logger }: TracingOptions): Promise<() => Promise<void>> {
  const [api, sdk, { OTLPTraceExporter }, { detectResources, envDetector, resourceFromAttributes }, { OtelSpans }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      protocol === 'grpc'
        ? import('@opentelemetry/exporter-trace-otlp-grpc')
        : import('@opentelemetry/exporter-trace-otlp-proto'),
      import('@opentelemetry/resources'),
      import('./otel-spans.ts'),
    ]);
  const unsent = (reason: unknown): void => logger.warn('traces cannot be sent', { reason: String(reason) });
  api.diag.setLogger(
    {
      error: unsent,
      warn: (reason) => logger.warn('opentelemetry warns', { reason }),
      info: ignored,
      debug: ignored,
      verbose: ignored,
    },
    api.DiagLogLevel.WARN,
  );
  const own = { 'service.name': service, 'service.namespace': 'ocpp-gateway', 'service.instance.id': pod };
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes(own).merge(detectResources({ detectors: [envDetector] })),
    spanLimits: { linkCountLimit: LINKS, attributeValueLengthLimit: TEXT_LENGTH },
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  makeSpansWith(new OtelSpans(provider.getTracer('ocpp-gateway')));
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, LAST_SPANS_MS)));
    await Promise.race([provider.shutdown().catch(unsent), late]);
    clearTimeout(timer);
  };
}

function ignored(): void {
  // Nothing is done with it.
}
