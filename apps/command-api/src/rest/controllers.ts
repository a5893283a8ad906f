import type { Type } from '@nestjs/common';
import { AuthorizationCacheController } from './authorization-cache.controller.ts';
import { BulkCommandsController } from './bulk-commands.controller.ts';
import { CallsController } from './calls.controller.ts';
import { ChargePointsController } from './charge-points.controller.ts';
import { CommandLogController } from './command-log.controller.ts';
import { CommandsController } from './commands.controller.ts';
import { DeviceMirrorController } from './device-mirror.controller.ts';
import { EventsController } from './events.controller.ts';
import { DiagnosisController } from './diagnosis.controller.ts';
import { FindingsController } from './findings.controller.ts';
import { FleetFindingsController } from './fleet-findings.controller.ts';
import { MessagesController } from './messages.controller.ts';
import { MeterValuesController } from './meter-values.controller.ts';
import { ReconnectLoopsController } from './reconnect-loops.controller.ts';
import { ReportsController } from './reports.controller.ts';
import { SecurityEventsController } from './security-events.controller.ts';
import { StationEventsController } from './station-events.controller.ts';
import { StationMirrorController } from './station-mirror.controller.ts';
import { StatusHistoryController } from './status-history.controller.ts';
import { TimeSeriesController } from './time-series.controller.ts';
import { TimelineController } from './timeline.controller.ts';
import { RecordingController } from './recording.controller.ts';
import { TransactionsController } from './transactions.controller.ts';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.ts';
import { WebhooksController } from './webhooks.controller.ts';

/** The controllers of the REST API, without health and readiness. */
export const REST_CONTROLLERS: Type[] = [
  ChargePointsController,
  TransactionsController,
  MeterValuesController,
  TimeSeriesController,
  StationMirrorController,
  DeviceMirrorController,
  ReportsController,
  SecurityEventsController,
  StationEventsController,
  StatusHistoryController,
  ReconnectLoopsController,
  MessagesController,
  RecordingController,
  TimelineController,
  FindingsController,
  FleetFindingsController,
  DiagnosisController,
  AuthorizationCacheController,
  BulkCommandsController,
  EventsController,
  CommandLogController,
  CommandsController,
  CallsController,
  WebhooksController,
  WebhookDeliveriesController,
];
