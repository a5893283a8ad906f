import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { TransactionReads } from '../reads/transactions.ts';
import { cpId } from '../charge-point-id.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { renderPage } from './page.ts';
import {
  renderTransaction,
  transaction,
  transactionId,
  transactionPage,
  transactionQuery,
} from './transaction.schema.ts';

@ApiTags('transactions')
@ApiBearerAuth()
@RequireScope('read')
@Controller('api/v1')
export class TransactionsController {
  constructor(@Inject(TransactionReads) private readonly transactions: TransactionReads) {}

  @Get('transactions')
  @ApiOperation({ summary: 'List transactions', description: 'Newest first.' })
  @ApiResponse({ status: 200, description: 'One page of transactions', standardSchema: transactionPage })
  @ApiProblems()
  async list(
    @Query({ schema: transactionQuery }) query: z.infer<typeof transactionQuery>,
  ): Promise<z.infer<typeof transactionPage>> {
    const { cp_id: ofCharger, ...filter } = query;
    const page = await this.transactions.list({ ...filter, cpId: ofCharger });
    return renderPage(page, renderTransaction);
  }

  @Get('charge-points/:cp_id/transactions/:transaction_id')
  @ApiOperation({ summary: 'One transaction' })
  @ApiResponse({ status: 200, description: 'The transaction', standardSchema: transaction })
  @ApiProblems('charge-point-not-found', 'transaction-not-found')
  async get(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Param('transaction_id', { schema: transactionId }) id: string,
  ): Promise<z.infer<typeof transaction>> {
    return renderTransaction(await this.transactions.get(charger, id));
  }
}
