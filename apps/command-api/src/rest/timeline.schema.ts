import { snakeCase } from '@ocpp-gw/contracts';
import { z } from 'zod';
import type { Happening, Timeline } from '../reads/timeline.ts';
import { timestamp } from './page.ts';

const SOURCES = ['message', 'event', 'status', 'command', 'webhook', 'backend'] as const;

const happening = z
  .object({
    at: timestamp.describe('When the gateway received, sent or recorded it'),
    source: z
      .enum(SOURCES)
      .describe(
        'What it is: a recorded frame, an event of the transaction, a status of its EVSE, a command to the charge point, a delivery to ' +
          'a webhook, or a call to the backend that waits or has failed for good',
      ),
    summary: z
      .string()
      .describe('What happened, in words')
      .meta({ examples: ['StartTransaction from the charge point'] }),
    details: z
      .record(z.string(), z.unknown())
      .describe('The record that it comes from, with the fields of its own list')
      .meta({ examples: [{ event_id: '01a22b3e-3161-7000-8000-4f4a2c5d6e7f', direction: 'in' }] }),
  })
  .meta({ id: 'Happening' });

export const timeline = z
  .object({
    items: z.array(happening).describe('What happened, the oldest first'),
    is_cut: z.boolean().describe('Whether there is more than is shown: at most a thousand of each source are'),
  })
  .meta({ id: 'Timeline' });

/** Fields that no timeline shows: the body of a delivery says the same as the event, and errors of receivers are for administrators. */
const LEFT_OUT = new Set(['body', 'lastError', 'idempotencyKey']);

export function timelineOf({ happenings, isCut }: Timeline): z.infer<typeof timeline> {
  return {
    items: happenings.map((each) => ({
      at: each.at.toISOString(),
      source: each.source,
      summary: summaryOf(each),
      details: Object.fromEntries(
        Object.entries(each.record)
          .filter(([name]) => !LEFT_OUT.has(name))
          .map(([name, value]) => [snakeCase(name), (value as unknown) instanceof Date ? value.toISOString() : value]),
      ),
    })),
    is_cut: isCut,
  };
}

function summaryOf(happening: Happening): string {
  switch (happening.source) {
    case 'message': {
      const { direction, kind, action, errorCode } = happening.record;
      const what = { call: '', call_result: 'answer to ', call_error: `${errorCode ?? 'error'} in answer to ` }[kind];
      const whose = direction === 'in' ? 'from the charge point' : 'to the charge point';
      return what === undefined ? `a frame that is no OCPP ${whose}` : `${what}${action ?? 'an unknown CALL'} ${whose}`;
    }
    case 'event': {
      const { eventType, revision, energyWh, endInferred, assignedTo } = happening.record;
      const energy = energyWh === null ? '' : `, ${energyWh} Wh`;
      const how = endInferred === null ? '' : `, end inferred: ${endInferred}`;
      const whither = assignedTo === null ? '' : `, assigned to ${assignedTo}`;
      return `${eventType} published, revision ${revision}${energy}${how}${whither}`;
    }
    case 'status': {
      const { connectorId, status, errorCode } = happening.record;
      return `connector ${connectorId} is ${status}${errorCode === null || errorCode === 'NoError' ? '' : ` (${errorCode})`}`;
    }
    case 'command': {
      const { command, state, caller } = happening.record;
      return `command ${command} of ${caller}: ${state}`;
    }
    case 'webhook': {
      const { eventType, subscription, state, attempts } = happening.record;
      return `${eventType} to webhook ${subscription}: ${state} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
    }
    case 'backend': {
      const { path, isDead } = happening.record;
      return `call ${path} to the backend ${isDead ? 'has failed for good' : 'waits'}`;
    }
  }
}
