import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { Timelines } from '../reads/timeline.ts';
import { TransactionReads } from '../reads/transactions.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { timeline, timelineOf } from './timeline.schema.ts';
import { transactionId } from './transaction.schema.ts';

@Group('conversations')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/transactions/:transaction_id/timeline')
export class TimelineController {
  constructor(
    @Inject(TransactionReads) private readonly transactions: TransactionReads,
    @Inject(Timelines) private readonly timelines: Timelines,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Get what happened in a transaction',
    description:
      'One list of its recorded frames, the events that were published of it with every correction, the statuses of its EVSE, the commands ' +
      'to the charge point at the time, and the deliveries to webhooks and to the backend. The oldest comes first.',
  })
  @ApiResponse({ status: 200, description: 'The timeline', standardSchema: timeline })
  @ApiProblems('charge-point-not-found', 'transaction-not-found')
  async getTransactionTimeline(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Param('transaction_id', { schema: transactionId }) id: string,
  ): Promise<z.infer<typeof timeline>> {
    return timelineOf(await this.timelines.of(await this.transactions.get(charger, id)));
  }
}
