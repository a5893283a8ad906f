import type { Metadata, ServerWritableStream } from '@grpc/grpc-js';
import { Controller, Inject, UseFilters, UseGuards } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { gateway } from '@ocpp-gw/contracts';
import { Observable } from 'rxjs';
import { RequireScope, ScopeGuard } from '../auth/scope.guard.ts';
import type { Caller } from '../auth/tokens.ts';
import { STALL_MS, drained } from '../events/drained.ts';
import type { EventStream } from '../events/event-stream.ts';
import { EventStreams } from '../events/event-streams.ts';
import { readInput } from '../problems/request-faults.ts';
import { eventsQuery } from '../rest/events.schema.ts';
import { checkReadable } from './call.ts';
import { GrpcProblemFilter } from './problem.filter.ts';
import { GATEWAY_SERVICE } from './proto.ts';

type EventsCall = ServerWritableStream<object, gateway.StreamEventsResponse> & { caller?: Caller };

const HEARTBEAT_MS = 15_000;

/** The event stream of REST as a server stream. */
@RequireScope('read')
@UseGuards(ScopeGuard)
@UseFilters(GrpcProblemFilter)
@Controller()
export class GrpcEventsController {
  constructor(@Inject(EventStreams) private readonly streams: EventStreams) {}

  @GrpcMethod(GATEWAY_SERVICE, 'StreamEvents')
  async streamEvents(
    message: gateway.StreamEventsRequest,
    _metadata: Metadata,
    call: EventsCall,
  ): Promise<Observable<gateway.StreamEventsResponse>> {
    checkReadable(message);
    const { cpId, type, lastEventId } = message;
    const query = readInput(
      eventsQuery,
      { cp_id: cpId, type, last_event_id: lastEventId || undefined },
      { in: 'parameter' },
    );
    const stream = await this.streams.open({
      caller: call.caller?.name ?? 'anonymous',
      filter: { cpIds: query.cp_id, types: query.type },
      lastEventId: query.last_event_id,
    });
    // Nest ends the subscription when the call is cancelled, but not a call that was cancelled while it waited.
    if (call.cancelled) stream.end();
    return messagesOf(stream, call);
  }
}

/** Takes the next event when the call has sent the one before, so that nothing gathers outside the stream. */
function messagesOf(stream: EventStream, call: EventsCall): Observable<gateway.StreamEventsResponse> {
  return new Observable((subscriber) => {
    const send = async (): Promise<void> => {
      for (let idleMs = 0; !subscriber.closed; idleMs = HEARTBEAT_MS) {
        const taken = await stream.take(idleMs);
        if (taken.kind === 'end') return subscriber.error(taken.problem);
        subscriber.next({ id: taken.id, event: taken.kind === 'event' ? taken.read.event : undefined });
        if (call.writableNeedDrain) await drained(call, stream, STALL_MS);
      }
    };
    void send();
    return () => stream.end();
  });
}
