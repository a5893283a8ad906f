import { TracedHistogram } from '@ocpp-gw/service-kit';
import { Gauge, type Histogram, type Registry } from 'prom-client';
import { FindingsMetrics } from './findings/metrics.ts';

/** Rate, errors and duration of REST, gRPC and the commands. The identity of a charge point is never a label. */
export interface RestMetrics {
  requestSeconds: Histogram<'method' | 'route' | 'status'>;
}

export interface GrpcMetrics {
  requestSeconds: Histogram<'method' | 'code'>;
}

interface CommandMetrics {
  seconds: Histogram<'command' | 'outcome'>;
}

export interface BusMetrics {
  seconds: Histogram<'outcome'>;
  open: Gauge;
}

export interface ClickHouseMetrics {
  querySeconds: Histogram<'outcome'>;
}

interface EventStreamMetrics {
  open: Gauge;
}

/** Injection token of {@link Metrics}. */
export const METRICS = Symbol('METRICS');

export type Metrics = {
  rest: RestMetrics;
  grpc: GrpcMetrics;
  commands: CommandMetrics;
  bus: BusMetrics;
  clickhouse: ClickHouseMetrics;
  eventStreams: EventStreamMetrics;
  findings: FindingsMetrics;
};

export function createMetrics(registry: Registry): Metrics {
  const registers = [registry];
  return {
    rest: {
      requestSeconds: new TracedHistogram({
        name: 'eveys_ocpp_rest_request_duration_seconds',
        help: 'Duration of REST requests by method, route pattern and HTTP status',
        labelNames: ['method', 'route', 'status'],
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        registers,
      }),
    },
    grpc: {
      requestSeconds: new TracedHistogram({
        name: 'eveys_ocpp_grpc_request_duration_seconds',
        help: 'Duration of gRPC requests by method and status code',
        labelNames: ['method', 'code'],
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        registers,
      }),
    },
    commands: {
      seconds: new TracedHistogram({
        name: 'eveys_ocpp_command_duration_seconds',
        help: 'Duration of commands from the request to the outcome, including the time that the charge point takes',
        labelNames: ['command', 'outcome'],
        buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30],
        registers,
      }),
    },
    bus: {
      seconds: new TracedHistogram({
        name: 'eveys_ocpp_bus_command_duration_seconds',
        help: 'Time from sending a command over the bus to its end, by outcome: answered by its owner, or the reason why there is no answer',
        labelNames: ['outcome'],
        buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30],
        registers,
      }),
      open: new Gauge({
        name: 'eveys_ocpp_bus_commands_open',
        help: 'Commands that were sent over the bus and whose end is waited for',
        registers,
      }),
    },
    clickhouse: {
      querySeconds: new TracedHistogram({
        name: 'eveys_ocpp_clickhouse_query_duration_seconds',
        help: 'Time until ClickHouse began to answer a query, by outcome: ok or failed',
        labelNames: ['outcome'],
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
        registers,
      }),
    },
    eventStreams: {
      open: new Gauge({
        name: 'eveys_ocpp_event_streams',
        help: 'Event streams that are open, REST and gRPC',
        registers,
      }),
    },
    findings: new FindingsMetrics(registry),
  };
}
