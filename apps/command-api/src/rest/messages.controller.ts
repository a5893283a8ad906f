import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Messages } from '@ocpp-gw/clickhouse';
import { TOPICS } from '@ocpp-gw/contracts';
import { anonymised, traceLines } from '@ocpp-gw/conversation';
import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { EventStreams } from '../events/event-streams.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { Conversations } from '../reads/conversations.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { EVENT_STREAM_SCHEMA } from './events.schema.ts';
import { exportQuery, windowOf } from './finding.schema.ts';
import { Group } from './openapi/groups.ts';
import { isAskedFor, messageFilterOf, messagePage, messageQuery, messageStreamQuery } from './message.schema.ts';
import { render } from './render.ts';
import type { ApiRequest } from './request.ts';
import { ApiLastEventId, EVENT_STREAM, resumedAfter, writeEvents } from './sse.ts';

/** Generated clients know no type of JSON lines. */
const JSON_LINES = 'text/plain';
const TRACE_EXAMPLE =
  '{"schemaVersion":"1.1","timestamp":"2026-01-31T12:00:00.000Z","direction":"cp-to-csms","messageType":"CALL"}\n';

/** The conversation of a charge point with the gateway, where it is recorded. */
@Group('conversations')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/messages')
export class MessagesController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Conversations) private readonly conversations: Conversations,
    @Inject(EventStreams) private readonly streams: EventStreams,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the recorded frames of a charge point',
    description:
      'Lists the frames of both directions, the newest first. Frames are recorded for the charge points of which it is asked, and for the share ' +
      'that the gateway is set to record.',
  })
  @ApiResponse({ status: 200, description: 'One page of frames', standardSchema: messagePage })
  @ApiProblems('charge-point-not-found')
  async listMessages(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: messageQuery }) query: z.infer<typeof messageQuery>,
  ): Promise<z.infer<typeof messagePage>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    return render(messagePage, await this.messages.list({ ...messageFilterOf(query), cpId: registered }));
  }

  @Get('export')
  @ApiOperation({
    summary: 'Get the recorded frames of a charge point as a trace',
    description:
      'JSON lines in the format open-ocpp-trace 1.1, the oldest frame first: other tools read it, and the simulator replays it. The newest ' +
      '50,000 frames of the period are in it; what is no OCPP message has no line.',
  })
  @ApiResponse({
    status: 200,
    description: 'The trace',
    content: { [JSON_LINES]: { schema: { type: 'string' }, example: TRACE_EXAMPLE } },
  })
  @ApiProblems('charge-point-not-found')
  async exportMessages(
    @Res() response: Response,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: exportQuery }) { anonymised: isAnonymised, ...period }: z.infer<typeof exportQuery>,
  ): Promise<void> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    const { messages } = await this.conversations.messages({ cpId: registered, ...windowOf(period) });
    const lines = traceLines(isAnonymised ? anonymised(messages, randomUUID()) : messages);
    const name = isAnonymised ? 'charge-point' : encodeURIComponent(registered);
    response.setHeader('Content-Type', `${JSON_LINES}; charset=utf-8`);
    response.setHeader('Content-Disposition', `attachment; filename="${name}.jsonl"`);
    await pipeline(Readable.from(lines), response);
  }

  @Get('stream')
  @ApiOperation({
    summary: 'Stream the recorded frames of a charge point',
    description:
      'Server-sent events, one for each frame: `data` is the JSON of the event ocpp.message. The header Last-Event-ID goes on where a ' +
      'stream ended.',
  })
  @ApiLastEventId()
  @ApiResponse({
    status: 200,
    description: 'Frames until one side ends the stream',
    content: {
      [EVENT_STREAM]: {
        schema: EVENT_STREAM_SCHEMA,
        example: 'id: AQ\nevent: ocpp.message\ndata: {"type":"ocpp.message","data":{}}\n\n',
      },
    },
  })
  @ApiProblems('charge-point-not-found', 'events-gone', 'too-many-streams', 'stream-stopped')
  async followMessages(
    @Req() request: ApiRequest,
    @Res() response: Response,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: messageStreamQuery }) query: z.infer<typeof messageStreamQuery>,
  ): Promise<void> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    const stream = await this.streams.open({
      caller: request.caller?.name ?? 'anonymous',
      filter: {
        cpIds: [registered],
        types: [TOPICS.message],
        wants: ({ payload }) => payload?.$case === 'ocppMessage' && isAskedFor(query, payload.value),
      },
      lastEventId: resumedAfter(request),
    });
    await writeEvents(stream, response, request);
  }
}
