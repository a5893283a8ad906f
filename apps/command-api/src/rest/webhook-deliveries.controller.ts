import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { DeliveryFilter, DeliveryRecord } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { WebhookAdmin } from '../admin/webhooks.ts';
import { RequireScope } from '../auth/scope.guard.ts';
import { ApiProblems, BODY_PROBLEMS } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render, type SourceOf } from './render.ts';
import {
  deliveriesOfQuery,
  deliveriesQuery,
  delivery,
  deliveryDetail,
  deliveryId,
  deliveryPage,
  pendingAgain,
  replayFilter,
  resendFilter,
  webhookName,
} from './webhook.schema.ts';

/** What became of the deliveries to webhooks, and how they are sent again. */
@Group('webhooks')
@RequireScope('admin')
@Controller('api/v1')
export class WebhookDeliveriesController {
  constructor(@Inject(WebhookAdmin) private readonly webhooks: WebhookAdmin) {}

  @Get('webhook-deliveries')
  @ApiOperation({
    summary: 'List the deliveries to all webhooks',
    description:
      'The newest delivery comes first. Delivered ones are kept for seven days, dead ones until they are replayed.',
  })
  @ApiResponse({ status: 200, description: 'One page of deliveries', standardSchema: deliveryPage })
  @ApiProblems()
  listWebhookDeliveries(
    @Query({ schema: deliveriesQuery }) query: z.infer<typeof deliveriesQuery>,
  ): Promise<z.infer<typeof deliveryPage>> {
    return this.page(query, query.webhook);
  }

  @Get('webhook-deliveries/:delivery_id')
  @ApiOperation({ summary: 'Get a delivery to a webhook with its body' })
  @ApiResponse({ status: 200, description: 'The delivery', standardSchema: deliveryDetail })
  @ApiProblems('webhook-delivery-not-found')
  async getWebhookDelivery(
    @Param('delivery_id', { schema: deliveryId }) id: string,
  ): Promise<z.infer<typeof deliveryDetail>> {
    const found = await this.webhooks.delivery(id);
    return render(deliveryDetail, { ...deliveryOf(found), body: found.body });
  }

  @Post('webhook-deliveries/:delivery_id/replay')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Replay a dead delivery',
    description: 'It is sent again under the same webhook-id, with all attempts before it.',
  })
  @ApiResponse({ status: 200, description: 'The delivery, which is pending again', standardSchema: delivery })
  @ApiProblems('webhook-delivery-not-found', 'webhook-delivery-not-dead')
  async replayWebhookDelivery(
    @Param('delivery_id', { schema: deliveryId }) id: string,
  ): Promise<z.infer<typeof delivery>> {
    return render(delivery, deliveryOf(await this.webhooks.replay(id)));
  }

  @Get('webhooks/:webhook/deliveries')
  @ApiOperation({
    summary: 'List the deliveries to a webhook',
    description:
      'The newest delivery comes first. Delivered ones are kept for seven days, dead ones until they are replayed.',
  })
  @ApiResponse({ status: 200, description: 'One page of deliveries', standardSchema: deliveryPage })
  @ApiProblems('webhook-not-found')
  async listDeliveriesOfWebhook(
    @Param('webhook', { schema: webhookName }) name: string,
    @Query({ schema: deliveriesOfQuery }) query: z.infer<typeof deliveriesOfQuery>,
  ): Promise<z.infer<typeof deliveryPage>> {
    await this.webhooks.get(name);
    return this.page(query, name);
  }

  @Post('webhooks/:webhook/replay')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Replay the dead deliveries of a webhook',
    description: 'All of them, or those that match the body. They are sent again under the same webhook-id.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/WebhookReplayFilter' }, required: false })
  @ApiResponse({ status: 200, description: 'How many are sent again', standardSchema: pendingAgain })
  @ApiProblems('webhook-not-found', ...BODY_PROBLEMS)
  async replayDeliveriesOfWebhook(
    @Body({ schema: replayFilter }) filter: z.infer<typeof replayFilter>,
    @Param('webhook', { schema: webhookName }) name: string,
  ): Promise<z.infer<typeof pendingAgain>> {
    return { count: await this.webhooks.replayMatching(name, filterOf(filter)) };
  }

  @Post('webhooks/:webhook/resend')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Resend the deliveries of a webhook since a time',
    description:
      'Delivered and dead ones are sent again, in order and under the same webhook-id, as far back as they are kept. Those that are ' +
      'pending are sent anyway and are not counted.',
  })
  @ApiResponse({ status: 200, description: 'How many are sent again', standardSchema: pendingAgain })
  @ApiProblems('webhook-not-found', ...BODY_PROBLEMS)
  async resendDeliveriesOfWebhook(
    @Body({ schema: resendFilter }) filter: z.infer<typeof resendFilter>,
    @Param('webhook', { schema: webhookName }) name: string,
  ): Promise<z.infer<typeof pendingAgain>> {
    return { count: await this.webhooks.resend(name, filterOf(filter)) };
  }

  private async page(
    { limit, cursor, state, ...filter }: z.infer<typeof deliveriesOfQuery>,
    webhook: string | undefined,
  ): Promise<z.infer<typeof deliveryPage>> {
    const page = await this.webhooks.deliveries({ limit, cursor, state, ...filterOf(filter), subscription: webhook });
    return render(deliveryPage, { ...page, items: page.items.map(deliveryOf) });
  }
}

function filterOf({ event_type: eventType, cp_id: cpId, from, to }: z.infer<typeof replayFilter>): DeliveryFilter {
  return { eventType, cpId, from, to };
}

function deliveryOf({ subscription, nextAttemptAt, ...record }: DeliveryRecord): SourceOf<typeof delivery> {
  return { ...record, webhook: subscription, nextAttemptAt: record.state === 'pending' ? nextAttemptAt : null };
}
