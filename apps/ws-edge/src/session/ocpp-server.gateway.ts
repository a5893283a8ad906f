import { Inject } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection } from '@nestjs/websockets';
import { LOGGER, type Logger } from '@ocpp-gw/service-kit';
import type { WebSocket } from 'ws';
import type { Arrival } from './ocpp-server.ts';
import { Sessions } from './sessions.ts';

/** RFC 6455 §7.4.1. */
const INTERNAL_ERROR = 1011;

/** Takes accepted connections over from Nest and opens one session for each. */
@WebSocketGateway()
export class OcppServerGateway implements OnGatewayConnection {
  constructor(
    @Inject(Sessions) private readonly sessions: Pick<Sessions, 'open'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  handleConnection(client: WebSocket, arrival: Arrival): void {
    try {
      this.sessions.open(client, arrival.admission, arrival.source);
    } catch (err) {
      // Nest would turn the error into an uncaught exception, and one charge point would end the whole pod.
      this.logger.error('session could not be opened', { cpId: arrival.admission.station.cpId, err });
      client.close(INTERNAL_ERROR, 'internal error, connect again');
    }
  }
}
