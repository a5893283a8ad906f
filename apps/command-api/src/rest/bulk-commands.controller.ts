import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { BulkCommands, type BulkRecord } from '@ocpp-gw/persistence';
import type { Response } from 'express';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { BulkStart } from '../commands/bulk-start.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { ApiProblems, BODY_PROBLEMS } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import {
  bulk,
  bulkDryRun,
  bulkId,
  bulkItemPage,
  bulkItemQuery,
  bulkPage,
  bulkQuery,
  bulkRequest,
  renderBulk,
  renderBulkItem,
} from './bulk.schema.ts';
import { contextOf, type ApiRequest } from './request.ts';

const SHOWN = 100;

/** One command to many charge points. */
@Group('bulk commands')
@RequireScope('read')
@Controller('api/v1/bulk-commands')
export class BulkCommandsController {
  constructor(
    @Inject(BulkStart) private readonly starts: BulkStart,
    @Inject(BulkCommands) private readonly bulks: BulkCommands,
  ) {}

  @Post()
  @RequireScope('command')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send one command to many charge points',
    description:
      'Without `dry_run: false` nothing is sent, and the answer says which charge points would get the command. Otherwise the ' +
      'commands begin at the rate that is asked for, and the bulk command stops when more than `max_failures` charge points have ' +
      'not accepted theirs. Each command is one of GET /api/v1/commands.',
  })
  @ApiResponse({ status: 200, description: 'The charge points that would get the command', standardSchema: bulkDryRun })
  @ApiResponse({
    status: 202,
    description: 'The bulk command; its address is in the header Location',
    standardSchema: bulk,
  })
  @ApiProblems(...BODY_PROBLEMS)
  async startBulkCommand(
    @Body({ schema: bulkRequest }) body: z.infer<typeof bulkRequest>,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof bulk> | z.infer<typeof bulkDryRun>> {
    const started = await this.starts.start(body, contextOf(request));
    if (!started.isDryRun) {
      response.setHeader('Location', `/api/v1/bulk-commands/${started.record.bulkId}`);
      return renderBulk(started.record);
    }
    response.status(200);
    const { selected, unknown } = started;
    return {
      dry_run: true,
      total: selected.length,
      offline: selected.filter(({ online }) => online === false).length,
      unknown,
      cp_ids: selected.slice(0, SHOWN).map(({ cpId }) => cpId),
    };
  }

  @Get()
  @ApiOperation({ summary: 'List bulk commands', description: 'The newest comes first.' })
  @ApiResponse({ status: 200, description: 'One page of bulk commands', standardSchema: bulkPage })
  @ApiProblems()
  async listBulkCommands(
    @Query({ schema: bulkQuery }) query: z.infer<typeof bulkQuery>,
  ): Promise<z.infer<typeof bulkPage>> {
    const { items, nextCursor } = await this.bulks.list(query);
    return { items: items.map(renderBulk), next_cursor: nextCursor };
  }

  @Get(':bulk_id')
  @ApiOperation({
    summary: 'Get a bulk command',
    description: 'Its state, and how many charge points are in which state.',
  })
  @ApiResponse({ status: 200, description: 'The bulk command', standardSchema: bulk })
  @ApiProblems('bulk-command-not-found')
  async getBulkCommand(@Param('bulk_id', { schema: bulkId }) id: string): Promise<z.infer<typeof bulk>> {
    return renderBulk(await this.find(id));
  }

  @Get(':bulk_id/items')
  @ApiOperation({ summary: 'List what became of a bulk command at each charge point' })
  @ApiResponse({ status: 200, description: 'One page of charge points', standardSchema: bulkItemPage })
  @ApiProblems('bulk-command-not-found')
  async listBulkItems(
    @Param('bulk_id', { schema: bulkId }) id: string,
    @Query({ schema: bulkItemQuery }) query: z.infer<typeof bulkItemQuery>,
  ): Promise<z.infer<typeof bulkItemPage>> {
    const { bulkId: found } = await this.find(id);
    const { items, nextCursor } = await this.bulks.items(found, query as Parameters<BulkCommands['items']>[1]);
    return { items: items.map(renderBulkItem), next_cursor: nextCursor };
  }

  @Post(':bulk_id/cancel')
  @RequireScope('command')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel a bulk command',
    description: 'Charge points that wait do not get the command. Commands under way go on to their end.',
  })
  @ApiResponse({ status: 200, description: 'The bulk command', standardSchema: bulk })
  @ApiProblems('bulk-command-not-found')
  async cancelBulkCommand(@Param('bulk_id', { schema: bulkId }) id: string): Promise<z.infer<typeof bulk>> {
    await this.bulks.end((await this.find(id)).bulkId, 'cancelled');
    return renderBulk(await this.find(id));
  }

  private async find(id: string): Promise<BulkRecord> {
    const found = await this.bulks.get(id);
    if (!found) throw new ProblemError('bulk-command-not-found');
    return found;
  }
}
