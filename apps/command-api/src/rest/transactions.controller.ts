import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { TransactionAdmin } from '../admin/transactions.ts';
import { RequireScope } from '../auth/scope.guard.ts';
import { TransactionReads } from '../reads/transactions.ts';
import { cpId } from '../charge-point-id.ts';
import { ApiProblems, BODY_PROBLEMS } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';
import { contextOf, type ApiRequest } from './request.ts';
import {
  assignRequest,
  endRequest,
  shownTransaction,
  transaction,
  transactionId,
  transactionPage,
  transactionQuery,
} from './transaction.schema.ts';

@Group('transactions')
@RequireScope('read')
@Controller('api/v1')
export class TransactionsController {
  constructor(
    @Inject(TransactionReads) private readonly transactions: TransactionReads,
    @Inject(TransactionAdmin) private readonly admin: TransactionAdmin,
  ) {}

  @Get('transactions')
  @ApiOperation({
    summary: 'List transactions',
    description: 'The newest transaction comes first, unless `sort` says otherwise.',
  })
  @ApiResponse({ status: 200, description: 'One page of transactions', standardSchema: transactionPage })
  @ApiProblems()
  async listTransactions(
    @Query({ schema: transactionQuery }) query: z.infer<typeof transactionQuery>,
  ): Promise<z.infer<typeof transactionPage>> {
    const { cp_id: cpId, id_token: idToken, remote_start_id, reservation_id, evse_id: evseId, tag, ...filter } = query;
    const page = await this.transactions.list({
      ...filter,
      cpId,
      idToken,
      evseId,
      tags: tag,
      remoteStartId: remote_start_id,
      reservationId: reservation_id,
    });
    return render(transactionPage, { ...page, items: page.items.map(shownTransaction) });
  }

  @Get('charge-points/:cp_id/transactions/:transaction_id')
  @ApiOperation({ summary: 'Get a transaction' })
  @ApiResponse({ status: 200, description: 'The transaction', standardSchema: transaction })
  @ApiProblems('charge-point-not-found', 'transaction-not-found')
  async getTransaction(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Param('transaction_id', { schema: transactionId }) id: string,
  ): Promise<z.infer<typeof transaction>> {
    return render(transaction, shownTransaction(await this.transactions.get(charger, id)));
  }

  @Post('charge-points/:cp_id/transactions/:transaction_id/end')
  @RequireScope('admin')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'End a transaction that the charge point does not end',
    description:
      'The gateway records the transaction as ended, with `operator` in `end_inferred`, and informs Kafka, the webhooks and the ' +
      'backend. It sends nothing to the charge point. If the charge point sends a stop later, that stop corrects the end.',
  })
  @ApiResponse({ status: 200, description: 'The transaction that was ended', standardSchema: transaction })
  @ApiProblems('charge-point-not-found', 'transaction-not-found', 'transaction-conflict', ...BODY_PROBLEMS)
  async endTransaction(
    // Nest checks the last parameter first, so the path is checked before the body.
    @Body({ schema: endRequest }) body: z.infer<typeof endRequest>,
    @Param('transaction_id', { schema: transactionId }) id: string,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Req() request: ApiRequest,
  ): Promise<z.infer<typeof transaction>> {
    return render(transaction, shownTransaction(await this.admin.end(charger, id, body, contextOf(request).caller)));
  }

  @Post('charge-points/:cp_id/transactions/:transaction_id/assign')
  @RequireScope('admin')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Assign an unassigned stop to a transaction',
    description:
      'The stop becomes the end of the transaction `to`. The gateway publishes both again with a higher revision.',
  })
  @ApiResponse({ status: 200, description: 'The transaction that the stop ends', standardSchema: transaction })
  @ApiProblems('charge-point-not-found', 'transaction-not-found', 'transaction-conflict', ...BODY_PROBLEMS)
  async assignTransaction(
    @Body({ schema: assignRequest }) { to }: z.infer<typeof assignRequest>,
    @Param('transaction_id', { schema: transactionId }) id: string,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Req() request: ApiRequest,
  ): Promise<z.infer<typeof transaction>> {
    return render(transaction, shownTransaction(await this.admin.assign(charger, id, to, contextOf(request).caller)));
  }
}
