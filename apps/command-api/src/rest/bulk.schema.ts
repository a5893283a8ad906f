import { COMMAND_STATES, COMMANDS } from '@ocpp-gw/contracts';
import type { BulkItemRecord, BulkRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { MAX_TAGS, tagName, tagValue } from '../admin/tags.ts';
import { cpId } from '../charge-point-id.ts';
import { timeoutSeconds } from '../commands/timeout.ts';
import { pageOf, pageQuery, timestamp } from './page.ts';

const MAX_CHARGE_POINTS = 10_000;
const SLUGS = Object.values(COMMANDS).map(({ slug }) => slug);
const ITEM_STATES = ['waiting', 'skipped', ...COMMAND_STATES.filter((state) => state !== 'queued' && state !== 'sent')];

const text = (what: string) => z.string().min(1).max(255).optional().describe(`${what}, in any letter case`);

const selection = z
  .strictObject({
    cp_ids: z
      .array(cpId)
      .min(1)
      .max(MAX_CHARGE_POINTS)
      .optional()
      .describe('These charge points; with further fields, those of them that match'),
    vendor: text('Vendor of the charge point'),
    model: text('Model of the charge point'),
    firmware_version: text('Firmware version of the charge point'),
    protocol: z.enum(['ocpp1.6', 'ocpp2.0.1']).optional().describe('OCPP version that the charge point spoke last'),
    tags: z
      .record(tagName, tagValue)
      .refine((tags) => Object.keys(tags).length <= MAX_TAGS, `must be at most ${MAX_TAGS} tags`)
      .optional()
      .describe('Tags by name; the charge point carries all of them')
      .meta({ examples: [{ site: 'berlin' }] }),
    online: z.boolean().optional().describe('Whether the charge point is connected'),
  })
  .refine((fields) => Object.keys(fields).length > 0, {
    error: 'must name at least one field; {"online": true} selects every charge point that is connected',
  })
  .meta({ id: 'BulkSelection', minProperties: 1 });

export const bulkRequest = z
  .strictObject({
    command: z.enum(SLUGS).describe('Name of the command as in its route'),
    request: z
      .record(z.string(), z.unknown())
      .default({})
      .describe('Body of the command, as its route takes it, without timeout_s')
      .meta({ examples: [{ type: 'Soft' }] }),
    select: selection.describe(
      'Charge points that get the command; those that are retired do not. A selection of none is refused unless it is a dry run',
    ),
    dry_run: z
      .boolean()
      .default(true)
      .describe(
        'Only says which charge points would get the command; false sends it. Without the field nothing is sent',
      ),
    rate_per_s: z.number().min(0.1).max(200).default(5).describe('Greatest number of commands that begin in a second'),
    max_failures: z
      .int()
      .min(0)
      .max(MAX_CHARGE_POINTS)
      .nullable()
      .default(10)
      .describe(
        'When more charge points than this have not accepted the command, the rest does not get it; null: never',
      ),
    timeout_s: timeoutSeconds,
  })
  .meta({
    id: 'BulkRequest',
    examples: [
      { command: 'reset', request: { type: 'Soft' }, select: { vendor: 'Acme', online: true }, dry_run: true },
    ],
  });

export const bulkDryRun = z
  .object({
    dry_run: z.literal(true).describe('Nothing was sent'),
    total: z.int().describe('How many charge points would get the command'),
    offline: z.int().describe('How many of them are not connected now'),
    unknown: z.array(z.string()).describe('Identities of `cp_ids` that are not registered'),
    cp_ids: z.array(z.string()).describe('The first 100 of them'),
  })
  .meta({ id: 'BulkDryRun' });

export const bulkId = z
  .uuid()
  .describe('Id of the bulk command')
  .meta({ examples: ['01a22b3e-3161-7000-8000-4f4a2c5d6e7f'] });

export const bulk = z
  .object({
    bulk_id: bulkId,
    command: z.string().describe('Name of the command'),
    request: z
      .record(z.string(), z.unknown())
      .describe('Body of the command; without secrets once the bulk command has ended'),
    select: z.record(z.string(), z.unknown()).describe('Selection as it was asked for'),
    state: z
      .enum(['running', 'done', 'stopped', 'cancelled'])
      .describe(
        'running; done when every charge point had the command; stopped after too many failures; cancelled by a caller',
      ),
    rate_per_s: z.number().describe('Greatest number of commands that begin in a second'),
    max_failures: z.int().nullable().describe('Number of failures after which it stops; null: never'),
    timeout_s: z.number().describe('Seconds that each charge point has for its answer'),
    caller: z.string().describe('Name of the token that asked for it'),
    request_id: z.string().describe('X-Request-Id of the request that asked for it'),
    created_at: timestamp.describe('When it was asked for'),
    ended_at: timestamp.nullable().describe('When it ended; null while it runs'),
    total: z.int().describe('Number of charge points'),
    counts: z
      .record(z.string(), z.int())
      .describe(
        'Number of charge points by what became of the command there: waiting, skipped, accepted, rejected, timeout …',
      )
      .meta({ examples: [{ waiting: 12, accepted: 30, disconnected: 2 }] }),
  })
  .meta({ id: 'BulkCommand' });

export const bulkItem = z
  .object({
    cp_id: z.string().describe('Identity of the charge point'),
    state: z
      .enum(ITEM_STATES)
      .describe('What became of the command there; waiting: not yet sent; skipped: will not be sent'),
    command_id: z.string().nullable().describe('Id of the command; null when there is none'),
    problem: z.string().nullable().describe('Kind of the problem in which it ended; null when there is none'),
    ended_at: timestamp.nullable().describe('When it ended; null while it waits'),
  })
  .meta({ id: 'BulkItem' });

export const bulkPage = pageOf(bulk).meta({ id: 'BulkCommandPage' });
export const bulkItemPage = pageOf(bulkItem).meta({ id: 'BulkItemPage' });
export const bulkQuery = z.strictObject(pageQuery({ preset: 50, max: 500 }));
export const bulkItemQuery = z.strictObject({
  state: z.enum(ITEM_STATES).optional().describe('Only charge points where this became of the command'),
  ...pageQuery({ preset: 200, max: 5000 }),
});

export function renderBulk(record: BulkRecord): z.infer<typeof bulk> {
  const total = Object.values(record.counts).reduce((sum, number) => sum + number, 0);
  return {
    bulk_id: record.bulkId,
    command: record.command,
    request: record.request,
    select: record.selection,
    state: record.state,
    rate_per_s: record.ratePerS,
    max_failures: record.maxFailures,
    timeout_s: record.timeoutS,
    caller: record.caller,
    request_id: record.requestId,
    created_at: record.createdAt.toISOString(),
    ended_at: record.endedAt?.toISOString() ?? null,
    total,
    counts: record.counts as Record<string, number>,
  };
}

export function renderBulkItem(record: BulkItemRecord): z.infer<typeof bulkItem> {
  const { cpId: station, state, commandId, problem, endedAt } = record;
  return { cp_id: station, state, command_id: commandId, problem, ended_at: endedAt?.toISOString() ?? null };
}
