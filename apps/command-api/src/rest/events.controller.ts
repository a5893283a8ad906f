import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { STALL_MS } from '../events/drained.ts';
import { EventStreams } from '../events/event-streams.ts';
import { readInput } from '../problems/request-faults.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { EVENT_STREAM_SCHEMA, eventsQuery, lastEventId } from './events.schema.ts';
import { Group } from './openapi/groups.ts';
import type { ApiRequest } from './request.ts';
import { EVENT_STREAM, writeEvents } from './sse.ts';

const HEARTBEAT_MS = 15_000;

/** The events of Kafka for whoever cannot read Kafka. */
@Group('events')
@RequireScope('read')
@Controller('api/v1/events')
export class EventsController {
  constructor(@Inject(EventStreams) private readonly streams: EventStreams) {}

  @Get()
  @ApiOperation({
    summary: 'Stream events as they happen',
    description:
      'Server-sent events: `event` is the type, `data` the JSON that webhooks have, and `id` the place in the stream. With the ' +
      '`id` of the last event that was received, in the header Last-Event-ID or in `last_event_id`, the stream goes on after it on any ' +
      'instance of the gateway, for as long as Kafka keeps the events. The last event of a stream that the gateway ends is ' +
      '`stream.closed`; its data is a problem.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Goes on after the event with this `id`',
    schema: { type: 'string', minLength: 1, maxLength: 8000 },
  })
  @ApiResponse({
    status: 200,
    description: 'Events until one side ends the stream',
    content: {
      [EVENT_STREAM]: {
        schema: EVENT_STREAM_SCHEMA,
        example:
          'id: AQ\nevent: tx.started\ndata: {"type":"tx.started","timestamp":"2026-01-31T12:00:00.000Z","data":{}}\n\n',
      },
    },
  })
  @ApiProblems('events-gone', 'too-many-streams', 'stream-stopped')
  async streamEvents(
    @Req() request: ApiRequest,
    @Res() response: Response,
    @Query({ schema: eventsQuery }) query: z.infer<typeof eventsQuery>,
  ): Promise<void> {
    const header = request.headers['last-event-id'];
    const resumed = readInput(lastEventId, header, { in: 'parameter', name: 'Last-Event-ID' }) ?? query.last_event_id;
    const stream = await this.streams.open({
      caller: request.caller?.name ?? 'anonymous',
      filter: { cpIds: query.cp_id, types: query.type },
      lastEventId: resumed,
    });
    const { requestId } = request;
    await writeEvents(stream, response, { requestId, heartbeatMs: HEARTBEAT_MS, stallMs: STALL_MS });
  }
}
