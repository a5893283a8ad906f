import type { AskedCommand, MirrorEffect } from '@ocpp-gw/ocpp-j';
import type { Messages } from '#generated/messages.d.ts';
import type { OutboundAction } from '../directions.ts';

/** A mirror, checked against the messages of its action. */
export interface MirrorOf<A extends OutboundAction> {
  before?(request: Messages[A]['request'], now: Date): readonly MirrorEffect[];
  answered?(
    request: Messages[A]['request'],
    answer: Messages[A]['response'],
    now: Date,
    asked: AskedCommand,
  ): readonly MirrorEffect[];
}

/** A time of our own request. The schema lets through what Date cannot read, a leap second for one: `now` stands in. */
export function timeOf(text: string, now: Date): Date {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? now : time;
}

export function optionalTimeOf(text: string | undefined, now: Date): Date | undefined {
  return text === undefined ? undefined : timeOf(text, now);
}
