import type { ClickHouseClient } from '@clickhouse/client';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import {
  Circumstances,
  Messages,
  MeterValues,
  SecurityEvents,
  StationEvents,
  StatusHistory,
  TimeSeries,
  TransactionEvents,
} from '@ocpp-gw/clickhouse';
import {
  BulkCommands,
  ChargePoints,
  Commands,
  DeviceMirror,
  Findings,
  Outbox,
  Reports,
  StationMirror,
  Transactions,
  WebhookDeliveryLog,
  WebhookSecrets,
  WebhookSubscriptions,
  WebhookTests,
  type Database,
} from '@ocpp-gw/persistence';
import {
  AuthorizeEntries,
  OnlineRegistry,
  ReconnectLoops,
  RefusedHandshakes,
  TransactionRequestCaller,
  type CommandCaller,
} from '@ocpp-gw/redis';
import { HealthController, LOGGER, isTracing, type Logger } from '@ocpp-gw/service-kit';
import type { Redis } from 'ioredis';
import { register } from 'prom-client';
import { ChargePointAdmin } from './admin/charge-points.ts';
import { TransactionAdmin } from './admin/transactions.ts';
import { WebhookTargets } from './admin/webhook-targets.ts';
import { WebhookAdmin } from './admin/webhooks.ts';
import { ScopeGuard } from './auth/scope.guard.ts';
import { InboundTokens } from './auth/tokens.ts';
import { BUS, CLICKHOUSE, DATABASE, REDIS, backingServices } from './backing-services.ts';
import { BulkRunner } from './commands/bulk-runner.ts';
import { BulkStart } from './commands/bulk-start.ts';
import { CommandRetention } from './commands/command-retention.ts';
import { CommandDispatch } from './commands/command-dispatch.ts';
import { MESSAGE_LIMITS, messageLimits, type MessageLimits } from './commands/message-limits.ts';
import { OPEN_SIGNINGS, openSignings, type OpenSignings } from './commands/signings.ts';
import { tracedBus } from './commands/traced-bus.ts';
import { TypedCommands } from './commands/typed-commands.ts';
import type { Config } from './config.ts';
import { EventStreams } from './events/event-streams.ts';
import { fleetFindings } from './findings/provider.ts';
import { GrpcEventsController } from './grpc/events.controller.ts';
import { GatewayController } from './grpc/gateway.controller.ts';
import { RoutesController } from './grpc/routes.controller.ts';
import { GrpcHealth } from './grpc/server.ts';
import { METRICS, createMetrics, type Metrics } from './metrics.ts';
import { ChargePointReads } from './reads/charge-points.ts';
import { CommandReads } from './reads/commands.ts';
import { Conversations } from './reads/conversations.ts';
import { Diagnoses } from './reads/diagnoses.ts';
import { Timelines } from './reads/timeline.ts';
import { TransactionReads } from './reads/transactions.ts';
import { REST_CONTROLLERS } from './rest/controllers.ts';
import { ERRORS } from './rest/docs/mount.ts';
import { ProblemFilter } from './rest/problem.filter.ts';
import { SchemaPipe } from './rest/schema.pipe.ts';

/** Composes the service from its parts. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      controllers: [HealthController, ...REST_CONTROLLERS, GatewayController, RoutesController, GrpcEventsController],
      providers: [
        ...backingServices(config),
        ...REPOSITORIES,
        ...DECISIONS,
        fleetFindings(config),
        ...webhooks(config),
        ...apis(config),
      ],
    };
  }
}

const REPOSITORIES: Provider[] = [
  { provide: ChargePoints, inject: [DATABASE], useFactory: (database: Database) => new ChargePoints(database) },
  { provide: Transactions, inject: [DATABASE], useFactory: (database: Database) => new Transactions(database) },
  { provide: BulkCommands, inject: [DATABASE], useFactory: (database: Database) => new BulkCommands(database) },
  { provide: Commands, inject: [DATABASE], useFactory: (database: Database) => new Commands(database) },
  { provide: Findings, inject: [DATABASE], useFactory: (database: Database) => new Findings(database) },
  { provide: StationMirror, inject: [DATABASE], useFactory: (database: Database) => new StationMirror(database) },
  { provide: DeviceMirror, inject: [DATABASE], useFactory: (database: Database) => new DeviceMirror(database) },
  { provide: Reports, inject: [DATABASE], useFactory: (database: Database) => new Reports(database) },
  { provide: OPEN_SIGNINGS, inject: [StationMirror], useFactory: openSignings },
  { provide: MESSAGE_LIMITS, inject: [DeviceMirror], useFactory: messageLimits },
  // This service only reads the registry. ws-edge writes it and decides how long entries live.
  { provide: OnlineRegistry, inject: [REDIS], useFactory: (redis: Redis) => new OnlineRegistry(redis, { ttlMs: 0 }) },
  { provide: AuthorizeEntries, inject: [REDIS], useFactory: (redis: Redis) => new AuthorizeEntries(redis) },
  { provide: ReconnectLoops, inject: [REDIS], useFactory: (redis: Redis) => new ReconnectLoops(redis) },
  { provide: RefusedHandshakes, inject: [REDIS], useFactory: (redis: Redis) => new RefusedHandshakes(redis) },
  { provide: Messages, inject: [CLICKHOUSE], useFactory: (client: ClickHouseClient) => new Messages(client) },
  { provide: MeterValues, inject: [CLICKHOUSE], useFactory: (client: ClickHouseClient) => new MeterValues(client) },
  {
    provide: SecurityEvents,
    inject: [CLICKHOUSE],
    useFactory: (client: ClickHouseClient) => new SecurityEvents(client),
  },
  {
    provide: Circumstances,
    inject: [CLICKHOUSE],
    useFactory: (client: ClickHouseClient) => new Circumstances(client),
  },
  {
    provide: TransactionEvents,
    inject: [CLICKHOUSE],
    useFactory: (client: ClickHouseClient) => new TransactionEvents(client),
  },
  { provide: Outbox, inject: [DATABASE], useFactory: (database: Database) => new Outbox(database) },
  { provide: StatusHistory, inject: [CLICKHOUSE], useFactory: (client: ClickHouseClient) => new StatusHistory(client) },
  { provide: TimeSeries, inject: [CLICKHOUSE], useFactory: (client: ClickHouseClient) => new TimeSeries(client) },
  { provide: StationEvents, inject: [CLICKHOUSE], useFactory: (client: ClickHouseClient) => new StationEvents(client) },
];

const DECISIONS: Provider[] = [
  {
    provide: CommandDispatch,
    inject: [ChargePoints, OnlineRegistry, Commands, BUS, LOGGER, METRICS],
    useFactory: (
      chargePoints: ChargePoints,
      registry: OnlineRegistry,
      rows: Commands,
      bus: CommandCaller,
      logger: Logger,
      { commands }: Metrics,
    ) =>
      new CommandDispatch({
        chargePoints,
        registry,
        commands: rows,
        bus: isTracing() ? tracedBus(bus) : bus,
        logger,
        observe: (command, outcome, seconds) => commands.seconds.observe({ command, outcome }, seconds),
      }),
  },
  {
    provide: TypedCommands,
    inject: [CommandDispatch, OPEN_SIGNINGS, MESSAGE_LIMITS],
    useFactory: (dispatch: CommandDispatch, signings: OpenSignings, limits: MessageLimits) =>
      new TypedCommands({ dispatch, signings, limits, now: () => new Date() }),
  },
  {
    provide: BulkStart,
    inject: [ChargePointReads, BulkCommands],
    useFactory: (reads: ChargePointReads, bulks: BulkCommands) => new BulkStart(reads, bulks),
  },
  {
    provide: BulkRunner,
    inject: [BulkCommands, Commands, TypedCommands, LOGGER],
    useFactory: (bulks: BulkCommands, commands: Commands, typed: TypedCommands, logger: Logger) =>
      new BulkRunner({ bulks, commands, typed, logger }),
  },
  {
    provide: CommandReads,
    inject: [Commands, BUS],
    useFactory: (commands: Commands, bus: CommandCaller) => new CommandReads(commands, bus),
  },
  {
    provide: Conversations,
    inject: [Messages, Circumstances, Transactions, RefusedHandshakes],
    useFactory: (
      messages: Messages,
      circumstances: Circumstances,
      transactions: Transactions,
      refused: RefusedHandshakes,
    ) => new Conversations({ messages, circumstances, transactions, refused }),
  },
  {
    provide: Diagnoses,
    inject: [ChargePoints, OnlineRegistry, RefusedHandshakes, ReconnectLoops, Conversations],
    useFactory: (
      chargePoints: ChargePoints,
      registry: OnlineRegistry,
      refused: RefusedHandshakes,
      loops: ReconnectLoops,
      conversations: Conversations,
    ) => new Diagnoses({ chargePoints, registry, refused, loops, conversations }),
  },
  {
    provide: Timelines,
    inject: [Messages, TransactionEvents, StatusHistory, Commands, WebhookDeliveryLog, Outbox],
    useFactory: (
      messages: Messages,
      events: TransactionEvents,
      statuses: StatusHistory,
      commands: Commands,
      deliveries: WebhookDeliveryLog,
      outbox: Outbox,
    ) => new Timelines({ messages, events, statuses, commands, deliveries, outbox }),
  },
  {
    provide: ChargePointReads,
    inject: [ChargePoints, OnlineRegistry],
    useFactory: (chargePoints: ChargePoints, registry: OnlineRegistry) => new ChargePointReads(chargePoints, registry),
  },
  {
    provide: TransactionReads,
    inject: [Transactions, ChargePoints],
    useFactory: (transactions: Transactions, chargePoints: ChargePoints) =>
      new TransactionReads(transactions, chargePoints),
  },
  {
    provide: TransactionAdmin,
    inject: [TransactionReads, TransactionRequestCaller],
    useFactory: (reads: TransactionReads, requests: TransactionRequestCaller) => new TransactionAdmin(reads, requests),
  },
  {
    provide: ChargePointAdmin,
    inject: [ChargePoints, OnlineRegistry],
    useFactory: (chargePoints: ChargePoints, registry: OnlineRegistry) => new ChargePointAdmin(chargePoints, registry),
  },
];

/** Dispatchers look for tests every second; an attempt of theirs takes a minute at most. */
const TEST_WITHIN_MS = { begun: 11_000, ended: 75_000 };

function webhooks(config: Config): Provider[] {
  const secrets = new WebhookSecrets(config.EVEYS_OCPP_WEBHOOK_SECRET_KEY);
  return [
    {
      provide: WebhookSubscriptions,
      inject: [DATABASE],
      useFactory: (database: Database) => new WebhookSubscriptions(database, secrets),
    },
    {
      provide: WebhookDeliveryLog,
      inject: [DATABASE],
      useFactory: (database: Database) => new WebhookDeliveryLog(database),
    },
    { provide: WebhookTests, inject: [DATABASE], useFactory: (database: Database) => new WebhookTests(database) },
    {
      provide: WebhookAdmin,
      inject: [WebhookSubscriptions, WebhookDeliveryLog, WebhookTests, LOGGER],
      useFactory: (subscriptions: WebhookSubscriptions, log: WebhookDeliveryLog, tests: WebhookTests, logger: Logger) =>
        new WebhookAdmin({
          subscriptions,
          log,
          tests,
          targets: new WebhookTargets(config.EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS),
          logger,
          testWithinMs: TEST_WITHIN_MS,
        }),
    },
  ];
}

function apis(config: Config): Provider[] {
  return [
    { provide: InboundTokens, useValue: config.EVEYS_OCPP_REST_INBOUND_TOKENS },
    {
      provide: CommandRetention,
      inject: [Commands, LOGGER],
      useFactory: (commands: Commands, logger: Logger) =>
        new CommandRetention(commands, config.EVEYS_OCPP_COMMANDS_RETENTION_DAYS, logger),
    },
    { provide: METRICS, useFactory: () => createMetrics(register) },
    {
      provide: EventStreams,
      inject: [METRICS, LOGGER],
      useFactory: ({ eventStreams }: Metrics, logger: Logger) =>
        new EventStreams({
          kafka: { brokers: config.EVEYS_OCPP_KAFKA_BROKERS, clientId: config.EVEYS_OCPP_POD_NAME, logger },
          streamsPerToken: config.EVEYS_OCPP_EVENT_STREAMS_PER_CALLER,
          onCount: (open) => eventStreams.open.set(open),
        }),
    },
    { provide: GrpcHealth, useFactory: () => new GrpcHealth() },
    { provide: APP_GUARD, useClass: ScopeGuard },
    { provide: APP_PIPE, useClass: SchemaPipe },
    {
      provide: APP_FILTER,
      inject: [LOGGER],
      useFactory: (logger: Logger) => new ProblemFilter(logger, config.EVEYS_OCPP_REST_OPENAPI_ENABLED ? ERRORS : null),
    },
  ];
}
