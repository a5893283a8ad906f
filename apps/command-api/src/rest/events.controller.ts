import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { EventStreams } from '../events/event-streams.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { EVENT_STREAM_SCHEMA, eventsQuery } from './events.schema.ts';
import { Group } from './openapi/groups.ts';
import type { ApiRequest } from './request.ts';
import { ApiLastEventId, EVENT_STREAM, resumedAfter, writeEvents } from './sse.ts';

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
  @ApiLastEventId()
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
    const stream = await this.streams.open({
      caller: request.caller?.name ?? 'anonymous',
      filter: { cpIds: query.cp_id, types: query.type },
      lastEventId: resumedAfter(request) ?? query.last_event_id,
    });
    await writeEvents(stream, response, request);
  }
}
