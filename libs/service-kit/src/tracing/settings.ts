import { z } from 'zod';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/**
 * The settings of traces, by the names that OpenTelemetry gives them. Its SDK reads the same variables, and more of them
 * (docs/observability.md).
 */
export const tracingConfig = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be a http:// or https:// URL' })
    .optional()
    .describe('Traces go to this OTLP receiver. Without it no span is made, and nothing of OpenTelemetry is started'),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .enum(['http/protobuf', 'grpc'])
    .default('http/protobuf')
    .describe('How the OTLP receiver is spoken to'),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe('Headers for the OTLP receiver, such as its token: name=value, comma-separated'),
  OTEL_TRACES_SAMPLER: z
    .enum(SAMPLERS)
    .default('parentbased_always_on')
    .describe('Which traces are kept. parentbased_*: a caller that sends a trace context decides for its trace'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: 'must be a number from 0 to 1' })
    .min(0)
    .max(1)
    .default(1)
    .describe('The share of traces that the samplers with a ratio keep, from 0 to 1'),
};
