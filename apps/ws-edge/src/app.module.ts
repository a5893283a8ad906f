import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { ChargePoints, StationMirror } from '@ocpp-gw/persistence';
import { ReconnectLoops } from '@ocpp-gw/redis';
import { LOGGER, type Logger } from '@ocpp-gw/service-kit';
import { register } from 'prom-client';
import { Backend } from './backend/backend.ts';
import { BackingServices } from './backing-services.ts';
import { Certificates } from './certificates/certificates.ts';
import { SigningRequests } from './certificates/signing-requests.ts';
import { CommandDesk } from './commands/command-desk.ts';
import type { Config } from './config.ts';
import { Doorkeeper } from './handshake/doorkeeper.ts';
import { METRICS, createEdgeMetrics, type EdgeMetrics } from './metrics.ts';
import { OutboxSide } from './outbox.ts';
import { PROTOCOLS } from './protocols.ts';
import { answerCalls } from './session/call-answers.ts';
import { ChargerDoorGateway } from './session/charger-door.gateway.ts';
import { ChargerDoor } from './session/charger-door.ts';
import { ConnectionLog } from './session/connection-log.ts';
import { pipelinePorts } from './session/pipeline-ports.ts';
import { Presence } from './session/presence.ts';
import { doorOptions, idempotencyCache, passwordProofs, sessionSettings } from './session/session-settings.ts';
import { Sessions } from './session/sessions.ts';
import { STATION_COMMIT, stationCommit, type StationCommit } from './session/station-commit.ts';

/** Composes the service from its parts. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return { module: AppModule, providers: [...outside(config), ...sessions(config), ...door(config)] };
  }
}

/** The backing services, and what writes to them. */
function outside(config: Config): Provider[] {
  return [
    { provide: METRICS, useFactory: () => createEdgeMetrics(register) },
    { provide: BackingServices, inject: [LOGGER], useFactory: (logger: Logger) => new BackingServices(config, logger) },
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
  ];
}

/** The connections of this pod, the CALLs of their charge points, and the commands to them. */
function sessions(config: Config): Provider[] {
  return [
    {
      provide: STATION_COMMIT,
      inject: [OutboxSide, Doorkeeper, METRICS],
      useFactory: ({ effects }: OutboxSide, { stations }: Doorkeeper, metrics: EdgeMetrics) =>
        stationCommit(
          effects,
          (protocol, outcome) => metrics.transactionOutcomes.inc({ protocol, outcome }),
          (cpId) => stations.forget(cpId),
        ),
    },
    {
      provide: Sessions,
      inject: [BackingServices, OutboxSide, Backend, Certificates, STATION_COMMIT, METRICS, LOGGER],
      useFactory: (
        { database, cache }: BackingServices,
        { transactions, ledgers }: OutboxSide,
        backend: Backend,
        { ocsp, contracts }: Certificates,
        commit: StationCommit,
        metrics: EdgeMetrics,
        logger: Logger,
      ) =>
        new Sessions({
          tolerance: config.EVEYS_OCPP_WS_TOLERANCE,
          settings: sessionSettings(config),
          answer: answerCalls(
            pipelinePorts(
              { transactions, ledgers, mirror: new StationMirror(database), commit },
              backend,
              { ocsp, contracts, signingRequests: new SigningRequests(new ChargePoints(database)) },
              config.EVEYS_OCPP_CONCURRENT_TRANSACTIONS,
            ),
            idempotencyCache(config, cache, logger),
          ),
          metrics,
          logger,
        }),
    },
    {
      provide: CommandDesk,
      inject: [Sessions, ConnectionLog, STATION_COMMIT, METRICS, LOGGER],
      useFactory: (all: Sessions, log: ConnectionLog, commit: StationCommit, metrics: EdgeMetrics, logger: Logger) =>
        new CommandDesk({
          session: (cpId) => all.get(cpId),
          record: (...told) => log.command(...told),
          commit,
          metrics,
          logger,
        }),
    },
    {
      provide: Presence,
      inject: [BackingServices, Sessions, CommandDesk, LOGGER],
      useFactory: (services: BackingServices, all: Sessions, desk: CommandDesk, logger: Logger) =>
        Presence.connect(config, services, all, (envelope, gone) => desk.carryOut(envelope, gone), logger),
    },
  ];
}

function door(config: Config): Provider[] {
  const options = doorOptions(config);
  return [
    {
      provide: Doorkeeper,
      inject: [BackingServices, METRICS, LOGGER],
      useFactory: ({ database, cache, redis }: BackingServices, metrics: EdgeMetrics, logger: Logger) => {
        const loops = new ReconnectLoops(redis);
        return new Doorkeeper(config, PROTOCOLS, {
          chargePoints: new ChargePoints(database),
          proofs: passwordProofs(config, cache, logger),
          tellLoop: (loop) => loops.tell(loop, logger),
          hashed: (matched) => metrics.passwordHashes.inc({ outcome: matched ? 'match' : 'mismatch' }),
        });
      },
    },
    {
      provide: ChargerDoor,
      inject: [Doorkeeper, METRICS, LOGGER],
      useFactory: (guards: Doorkeeper, metrics: EdgeMetrics, logger: Logger) =>
        new ChargerDoor(options, guards, metrics, logger),
    },
    ChargerDoorGateway,
  ];
}
