import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { ChargePoints, Commands, StationMirror } from '@ocpp-gw/persistence';
import { ReconnectLoops, RefusedHandshakes } from '@ocpp-gw/redis';
import { LOGGER, isTracing, type Logger } from '@ocpp-gw/service-kit';
import { register } from 'prom-client';
import { Backend } from './backend/backend.ts';
import { BackingServices } from './backing-services.ts';
import { Certificates } from './certificates/certificates.ts';
import { SigningRequests } from './certificates/signing-requests.ts';
import { CommandExecutor } from './commands/command-executor.ts';
import type { Config } from './config.ts';
import { HeldConnections } from './connections/held-connections.ts';
import { HandshakeGuards } from './handshake/handshake-guards.ts';
import { FrameRecording } from './recording/frame-recording.ts';
import { Recorded } from './recording/recorded.ts';
import { METRICS, createEdgeMetrics, type EdgeMetrics } from './metrics.ts';
import { OutboxSide } from './outbox.ts';
import { PROTOCOLS } from './protocols.ts';
import { answerCalls } from './session/call-answers.ts';
import { OcppServerGateway } from './session/ocpp-server.gateway.ts';
import { OcppServer } from './session/ocpp-server.ts';
import { ConnectionLog } from './session/connection-log.ts';
import { DeviationLog } from './session/deviation-log.ts';
import { pipelinePorts } from './session/pipeline-ports.ts';
import { Presence } from './session/presence.ts';
import { serverOptions, idempotencyCache, passwordProofs, sessionSettings } from './session/session-settings.ts';
import { Sessions } from './session/sessions.ts';
import { STATION_COMMIT, stationCommit, type StationCommit } from './session/station-commit.ts';
import { tracedCalls } from './tracing/calls.ts';
import { tracedCommands } from './tracing/commands.ts';
import { tracedEffects } from './tracing/effects.ts';
import { tracedGuards } from './tracing/handshakes.ts';
import { RemoteStartTraces } from './tracing/remote-starts.ts';

/** Composes the service from its parts. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return { module: AppModule, providers: [...outside(config), ...sessions(config), ...ocppServer(config)] };
  }
}

/** The backing services, and what writes to them. */
function outside(config: Config): Provider[] {
  return [
    { provide: METRICS, useFactory: () => createEdgeMetrics(register) },
    {
      provide: BackingServices,
      inject: [LOGGER],
      useFactory: (logger: Logger) => new BackingServices(config, register, logger),
    },
    {
      provide: Backend,
      inject: [BackingServices, METRICS, LOGGER],
      useFactory: ({ cache }: BackingServices, metrics: EdgeMetrics, logger: Logger) =>
        new Backend(config, cache, metrics, logger),
    },
    {
      provide: Certificates,
      inject: [METRICS, LOGGER],
      useFactory: (metrics: EdgeMetrics, logger: Logger) => new Certificates(config, metrics, logger),
    },
    {
      provide: OutboxSide,
      inject: [BackingServices, Backend, METRICS, LOGGER],
      useFactory: (services: BackingServices, backend: Backend, metrics: EdgeMetrics, logger: Logger) =>
        new OutboxSide(config, services, backend, metrics, logger),
    },
    {
      provide: ConnectionLog,
      inject: [OutboxSide, LOGGER],
      useFactory: ({ recorder }: OutboxSide, logger: Logger) => new ConnectionLog(recorder, logger),
    },
    {
      provide: DeviationLog,
      inject: [OutboxSide, LOGGER],
      useFactory: ({ deviations }: OutboxSide, logger: Logger) => new DeviationLog(deviations, logger),
    },
    {
      provide: FrameRecording,
      inject: [BackingServices, METRICS, LOGGER],
      useFactory: ({ database, frames }: BackingServices, metrics: EdgeMetrics, logger: Logger) =>
        new FrameRecording({
          recorded: new Recorded({
            chargePoints: new ChargePoints(database),
            share: config.EVEYS_OCPP_WS_RECORDED_SHARE,
            logger,
          }),
          producer: frames,
          pod: config.EVEYS_OCPP_POD_NAME,
          counted: (outcome, count) => metrics.recordedFrames.inc({ outcome }, count),
          logger,
        }),
    },
  ];
}

/** The connections of this pod, the CALLs of their charge points, and the commands to them. */
function sessions(config: Config): Provider[] {
  return [
    RemoteStartTraces,
    {
      provide: STATION_COMMIT,
      inject: [OutboxSide, HandshakeGuards, RemoteStartTraces, METRICS],
      useFactory: (
        { effects }: OutboxSide,
        { stations }: HandshakeGuards,
        remoteStarts: RemoteStartTraces,
        metrics: EdgeMetrics,
      ) =>
        stationCommit(
          isTracing() ? tracedEffects(effects, remoteStarts) : effects,
          (protocol, outcome) => metrics.transactionOutcomes.inc({ protocol, outcome }),
          (cpId) => stations.forget(cpId),
        ),
    },
    {
      provide: Sessions,
      inject: [
        BackingServices,
        OutboxSide,
        Backend,
        Certificates,
        STATION_COMMIT,
        DeviationLog,
        FrameRecording,
        METRICS,
        LOGGER,
      ],
      useFactory: (
        { database, cache }: BackingServices,
        { transactions, ledgers }: OutboxSide,
        backend: Backend,
        { ocsp, contracts }: Certificates,
        commit: StationCommit,
        deviations: DeviationLog,
        recording: FrameRecording,
        metrics: EdgeMetrics,
        logger: Logger,
      ) => {
        const answer = answerCalls(
          pipelinePorts(
            { transactions, ledgers, mirror: new StationMirror(database), commit },
            backend,
            { ocsp, contracts, signingRequests: new SigningRequests(new ChargePoints(database)) },
            config.EVEYS_OCPP_CONCURRENT_TRANSACTIONS,
          ),
          idempotencyCache(config, cache, logger),
        );
        return new Sessions({
          tolerance: config.EVEYS_OCPP_WS_TOLERANCE,
          settings: sessionSettings(config),
          deviations,
          recording,
          answer: isTracing() ? tracedCalls(answer) : answer,
          metrics,
          logger,
        });
      },
    },
    {
      provide: CommandExecutor,
      inject: [Sessions, BackingServices, ConnectionLog, STATION_COMMIT, METRICS, LOGGER],
      useFactory: (
        all: Sessions,
        { database }: BackingServices,
        log: ConnectionLog,
        commit: StationCommit,
        metrics: EdgeMetrics,
        logger: Logger,
      ) =>
        new CommandExecutor({
          session: (cpId) => all.get(cpId),
          log,
          take: (commandId) => new Commands(database).take(commandId),
          commit,
          metrics,
          logger,
        }),
    },
    {
      provide: Presence,
      inject: [BackingServices, Sessions, CommandExecutor, ConnectionLog, RemoteStartTraces, LOGGER],
      useFactory: (
        services: BackingServices,
        all: Sessions,
        executor: CommandExecutor,
        log: ConnectionLog,
        remoteStarts: RemoteStartTraces,
        logger: Logger,
      ) => {
        const carryOut: CommandExecutor['carryOut'] = (envelope, gone) => executor.carryOut(envelope, gone);
        const onCommand = isTracing() ? tracedCommands(carryOut, (cpId) => all.get(cpId), remoteStarts) : carryOut;
        const displaced: ConnectionLog['displaced'] = (...connection) => log.displaced(...connection);
        return Presence.connect(config, services, all, { onCommand, displaced }, logger);
      },
    },
    {
      provide: HeldConnections,
      inject: [BackingServices, OutboxSide, Sessions, ConnectionLog, LOGGER],
      useFactory: (services: BackingServices, outbox: OutboxSide, all: Sessions, log: ConnectionLog, logger: Logger) =>
        new HeldConnections(config, services, outbox, { sessions: all, log }, logger),
    },
  ];
}

function ocppServer(config: Config): Provider[] {
  const options = serverOptions(config);
  return [
    {
      provide: HandshakeGuards,
      inject: [BackingServices, OutboxSide, METRICS, LOGGER],
      useFactory: (
        { database, cache, redis }: BackingServices,
        outbox: OutboxSide,
        metrics: EdgeMetrics,
        logger: Logger,
      ) => {
        const loops = new ReconnectLoops(redis);
        const refusals = new RefusedHandshakes(redis);
        return new HandshakeGuards(config, PROTOCOLS, {
          chargePoints: new ChargePoints(database),
          waitMs: () => outbox.waitMs,
          proofs: passwordProofs(config, cache, logger),
          recordLoop: (loop) => loops.record(loop, logger),
          recordRefusal: (refused) => refusals.record(refused, logger),
          hashed: (matched) => metrics.passwordHashes.inc({ outcome: matched ? 'match' : 'mismatch' }),
        });
      },
    },
    {
      provide: OcppServer,
      inject: [HandshakeGuards, METRICS, LOGGER],
      useFactory: (guards: HandshakeGuards, metrics: EdgeMetrics, logger: Logger) =>
        new OcppServer(options, isTracing() ? tracedGuards(guards) : guards, metrics, logger),
    },
    OcppServerGateway,
  ];
}
