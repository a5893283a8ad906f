import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { WebhookAdmin } from '../admin/webhooks.ts';
import { RequireScope } from '../auth/scope.guard.ts';
import { ApiProblems, BODY_PROBLEMS } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';
import { contextOf, type ApiRequest } from './request.ts';
import {
  ROTATION_S,
  newWebhook,
  rotation,
  webhook,
  webhookChanges,
  webhookName,
  webhookPage,
  webhookTest,
  webhookWithSecret,
  webhooksQuery,
} from './webhook.schema.ts';

/** Webhook subscriptions. */
@Group('webhooks')
@RequireScope('admin')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(@Inject(WebhookAdmin) private readonly webhooks: WebhookAdmin) {}

  @Get()
  @ApiOperation({
    summary: 'List webhooks',
    description:
      'The list is sorted by name. Those that EVEYS_OCPP_WEBHOOKS declares are in it, with the source `configuration`.',
  })
  @ApiResponse({ status: 200, description: 'One page of webhooks', standardSchema: webhookPage })
  @ApiProblems()
  async listWebhooks(
    @Query({ schema: webhooksQuery }) query: z.infer<typeof webhooksQuery>,
  ): Promise<z.infer<typeof webhookPage>> {
    return render(webhookPage, await this.webhooks.list(query));
  }

  @Post()
  @ApiOperation({
    summary: 'Create a webhook',
    description:
      'It gets the events that are recorded from one second after the answer on. Only this answer shows the secret.',
  })
  @ApiResponse({ status: 201, description: 'The webhook with its secret', standardSchema: webhookWithSecret })
  @ApiProblems('webhook-exists', 'too-many-webhooks', ...BODY_PROBLEMS)
  async createWebhook(
    @Body({ schema: newWebhook }) { secret: given, ordered = true, ...created }: z.infer<typeof newWebhook>,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof webhookWithSecret>> {
    const { caller } = contextOf(request);
    const { subscription, secret } = await this.webhooks.create({ ...created, ordered }, given, caller);
    response.setHeader('Location', `/api/v1/webhooks/${subscription.name}`);
    return render(webhookWithSecret, { ...subscription, secret });
  }

  @Get(':webhook')
  @ApiOperation({ summary: 'Get a webhook' })
  @ApiResponse({ status: 200, description: 'The webhook', standardSchema: webhook })
  @ApiProblems('webhook-not-found')
  async getWebhook(@Param('webhook', { schema: webhookName }) name: string): Promise<z.infer<typeof webhook>> {
    return render(webhook, await this.webhooks.get(name));
  }

  @Patch(':webhook')
  @ApiOperation({
    summary: 'Change a webhook',
    description: 'Fields that are absent keep their value. Pending deliveries go to the new URL within a second.',
  })
  @ApiResponse({ status: 200, description: 'The webhook that was changed', standardSchema: webhook })
  @ApiProblems('webhook-not-found', 'webhook-configured', ...BODY_PROBLEMS)
  async updateWebhook(
    @Body({ schema: webhookChanges }) changes: z.infer<typeof webhookChanges>,
    @Param('webhook', { schema: webhookName }) name: string,
    @Req() request: ApiRequest,
  ): Promise<z.infer<typeof webhook>> {
    return render(webhook, await this.webhooks.change(name, changes, contextOf(request).caller));
  }

  @Delete(':webhook')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({
    summary: 'Delete a webhook',
    description: 'Its deliveries are deleted too, also those that are pending.',
  })
  @ApiResponse({ status: 204, description: 'The webhook was deleted' })
  @ApiProblems('webhook-not-found', 'webhook-configured')
  async deleteWebhook(
    @Param('webhook', { schema: webhookName }) name: string,
    @Req() request: ApiRequest,
  ): Promise<void> {
    await this.webhooks.delete(name, contextOf(request).caller);
  }

  @Post(':webhook/rotate-secret')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Rotate the secret of a webhook',
    description: 'Until the old secret ends, messages carry a signature of each. Only this answer shows the new one.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/SecretRotation' }, required: false })
  @ApiResponse({ status: 200, description: 'The webhook with its new secret', standardSchema: webhookWithSecret })
  @ApiProblems('webhook-not-found', 'webhook-configured', ...BODY_PROBLEMS)
  async rotateWebhookSecret(
    @Body({ schema: rotation }) { secret: given, previous_valid_s: validS = ROTATION_S }: z.infer<typeof rotation>,
    @Param('webhook', { schema: webhookName }) name: string,
    @Req() request: ApiRequest,
  ): Promise<z.infer<typeof webhookWithSecret>> {
    const { subscription, secret } = await this.webhooks.rotate(name, given, validS, contextOf(request).caller);
    return render(webhookWithSecret, { ...subscription, secret });
  }

  @Post(':webhook/pause')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Pause a webhook',
    description: 'Nothing is sent to it until it is resumed. Its events are kept for seven days.',
  })
  @ApiResponse({ status: 200, description: 'The webhook that was paused', standardSchema: webhook })
  @ApiProblems('webhook-not-found')
  async pauseWebhook(
    @Param('webhook', { schema: webhookName }) name: string,
    @Req() request: ApiRequest,
  ): Promise<z.infer<typeof webhook>> {
    return render(webhook, await this.webhooks.setState(name, 'paused', contextOf(request).caller));
  }

  @Post(':webhook/resume')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Resume a webhook',
    description:
      'Enables a webhook that was paused, or disabled by 410 Gone. What was kept for it is delivered, in order.',
  })
  @ApiResponse({ status: 200, description: 'The webhook that was resumed', standardSchema: webhook })
  @ApiProblems('webhook-not-found')
  async resumeWebhook(
    @Param('webhook', { schema: webhookName }) name: string,
    @Req() request: ApiRequest,
  ): Promise<z.infer<typeof webhook>> {
    return render(webhook, await this.webhooks.setState(name, 'active', contextOf(request).caller));
  }

  @Post(':webhook/test')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Send a test event to a webhook',
    description:
      'A signed event of the type `webhook.test` is sent at once and one time, whatever the state of the webhook. The answer shows ' +
      'how the receiver answered.',
  })
  @ApiResponse({ status: 200, description: 'What came of the test', standardSchema: webhookTest })
  @ApiProblems('webhook-not-found', 'webhook-test-unanswered')
  async testWebhook(@Param('webhook', { schema: webhookName }) name: string): Promise<z.infer<typeof webhookTest>> {
    const { id, status, error, durationMs } = await this.webhooks.test(name);
    const delivered = status !== null && status >= 200 && status < 300;
    return { webhook_id: id, delivered, status, error, duration_ms: durationMs ?? 0 };
  }
}
