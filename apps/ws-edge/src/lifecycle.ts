import type { INestApplication } from '@nestjs/common';
import { Drain, LOGGER, Readiness, startTimeout, untilAvailable, type Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backend } from './backend/backend.ts';
import { BackingServices } from './backing-services.ts';
import { CommandExecutor } from './commands/command-executor.ts';
import { FollowUps } from './commands/follow-ups.ts';
import { Certificates } from './certificates/certificates.ts';
import type { Config } from './config.ts';
import { HeldConnections } from './connections/held-connections.ts';
import { HandshakeGuards } from './handshake/handshake-guards.ts';
import { FrameRecording } from './recording/frame-recording.ts';
import { OutboxSide } from './outbox.ts';
import { OcppServerAdapter } from './session/ocpp-server.adapter.ts';
import { OcppServer } from './session/ocpp-server.ts';
import { ConnectionLog } from './session/connection-log.ts';
import { DeviationLog } from './session/deviation-log.ts';
import { Presence } from './session/presence.ts';
import { Sessions } from './session/sessions.ts';

export function prepareWebSockets(app: INestApplication): void {
  app.useWebSocketAdapter(new OcppServerAdapter(app.get(OcppServer)));
}

/** Starts to listen once the backing services are ready, and registers the steps of the drain. */
export async function startServing(app: INestApplication, config: Config): Promise<void> {
  const services = app.get(BackingServices);
  await untilAvailable(() => services.start(), startTimeout(app, config));
  // Redis and Kafka are not part of readiness, because sessions work without them.
  app.get(Readiness).check('postgres', () => services.database.ready());

  const sessions = app.get(Sessions);
  sessions.subscribe(app.get(ConnectionLog));
  sessions.subscribe(app.get(Presence));
  sessions.subscribe(app.get(OutboxSide));
  const followUps = new FollowUps({ executor: app.get(CommandExecutor), logger: app.get<Logger>(LOGGER) });
  sessions.followedBy((session, commands) => void followUps.ask(session, commands));
  app.get(OutboxSide).start();
  app.get(DeviationLog).start();
  await app.get(FrameRecording).start();
  app.get(Presence).start();
  await app.get(HeldConnections).start();
  const server = app.get(OcppServer);
  await server.listen();
  app.get<Logger>(LOGGER).info('listening for chargers', { host: config.EVEYS_OCPP_WS_HOST, ...server.ports });
  planDrain(app, config);
}

/** The steps of the drain. Readiness answers 503 before the first step. */
function planDrain(app: INestApplication, config: Config): void {
  const drain = app.get(Drain);
  const noticeMs = config.EVEYS_OCPP_WS_DRAIN_LB_S * 1000;
  const windowMs = config.EVEYS_OCPP_WS_DRAIN_WINDOW_S * 1000;
  drain.step('load balancer notices', noticeMs + 100, () => sleep(noticeMs));
  drain.step('handshakes refused', 100, async () => app.get(HandshakeGuards).availability.close());
  drain.step('connections closed', windowMs + 6_000, () => app.get(Sessions).drain(windowMs));
  drain.step('registry entries released', 1_000, () => app.get(Presence).stop());
  drain.step('history written', 1_000, async () => {
    await Promise.all([app.get(ConnectionLog).flush(), app.get(DeviationLog).stop(), app.get(FrameRecording).stop()]);
  });
  drain.step('connections given up', 500, () => app.get(HeldConnections).stop());
  drain.step('outbox relays stopped', 1_000, () => app.get(OutboxSide).stop());
  drain.step('backing services', 500, async () => {
    await Promise.all([app.get(Backend).stop(), app.get(Certificates).stop(), app.get(BackingServices).stop()]);
  });
}
