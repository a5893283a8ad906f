import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { Messages } from '#generated/messages.d.ts';
import type { InboundAction } from '../directions.ts';
import { authorize } from './authorize.ts';
import { bootNotification } from './boot-notification.ts';
import { heartbeat } from './heartbeat.ts';
import { meterValues } from './meter-values.ts';
import { statusNotification } from './status-notification.ts';
import { transactionEvent } from './transaction-event.ts';

type Handlers = {
  [A in InboundAction]: ActionHandler<Messages[A]['request'], Messages[A]['response'], never>;
};

/** Every action a charging station may send and that we handle. */
export const actions = {
  Authorize: authorize,
  BootNotification: bootNotification,
  Heartbeat: heartbeat,
  MeterValues: meterValues,
  StatusNotification: statusNotification,
  TransactionEvent: transactionEvent,
} satisfies Handlers;
