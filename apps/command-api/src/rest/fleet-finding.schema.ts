import { openEnum } from '@ocpp-gw/contracts';
import { FINDING_KINDS, SEVERITIES, type FindingKind } from '@ocpp-gw/conversation';
import type { FindingRecord, FindingsSummary } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { cpId } from '../charge-point-id.ts';
import { tagQuery } from './filters.ts';
import { FINDING, SEVERITY } from './finding.schema.ts';
import { moment, pageOf, pageQuery, timestamp } from './page.ts';
import type { SourceOf } from './render.ts';

const text = (what: string) => z.string().min(1).max(255).optional().describe(`${what}, in any letter case`);

const vendor = z.string().nullable().describe('Vendor when it was found; null when it was not known');
const model = z.string().nullable().describe('Model when it was found; null when it was not known');
const firmwareVersion = z
  .string()
  .nullable()
  .describe('Firmware version when it was found; null when it was not known');

const fleetFinding = z
  .object({
    finding_id: z
      .uuid()
      .describe('Id of the opening, as in cp.finding')
      .meta({ examples: ['01a22b3e-2f00-7000-8000-5b1c2d3e4f51'] }),
    cp_id: z.string().describe('Identity of the charge point'),
    finding: FINDING,
    severity: SEVERITY,
    title: z
      .string()
      .describe('What is wrong, in words')
      .meta({ examples: [FINDING_KINDS['failed-authorization'].title] }),
    state: z.enum(['open', 'ended']).describe('open: it is wrong now; ended: the latest look no longer showed it'),
    first_seen_at: timestamp.describe('When it occurred first'),
    last_seen_at: timestamp.describe('When it occurred last'),
    opened_at: timestamp.describe('When the gateway found it'),
    ended_at: timestamp.nullable().describe('When a look no longer showed it; null while it is open'),
    count: z.int().describe('Number of occurrences in the period that was looked at last while it was open'),
    details: z
      .array(z.string())
      .describe('The first of these occurrences, in words')
      .meta({ examples: [['Authorize was answered Blocked']] }),
    frame_event_ids: z
      .array(z.string())
      .describe('Ids of frames that prove it, as in the list of messages')
      .meta({ examples: [['01a22b3e-2f00-7000-8000-5b1c2d3e4f50']] }),
    first_check: z
      .string()
      .describe('What to check first')
      .meta({ examples: [FINDING_KINDS['failed-authorization'].firstCheck] }),
    vendor,
    model,
    firmware_version: firmwareVersion,
  })
  .meta({ id: 'FleetFinding' });

const counts = {
  open: z.int().describe('Number of open findings'),
  charge_points: z.int().describe('Number of charge points that have any of them'),
};

export const fleetFindingPage = pageOf(fleetFinding).meta({ id: 'FleetFindingPage' });

export const findingsSummary = z
  .object({
    ...counts,
    by_finding: z
      .array(z.object({ finding: FINDING, severity: SEVERITY, ...counts }).meta({ id: 'FindingCount' }))
      .describe('For each finding, the one of the most charge points first'),
    by_vendor: z
      .array(z.object({ vendor, ...counts }).meta({ id: 'FindingCountOfVendor' }))
      .describe('For each vendor, the one with the most charge points first; at most 100'),
    by_firmware: z
      .array(
        z
          .object({ vendor, model, firmware_version: firmwareVersion, ...counts })
          .meta({ id: 'FindingCountOfFirmware' }),
      )
      .describe('For each firmware, the one with the most charge points first; at most 100'),
  })
  .meta({ id: 'FindingsSummary' });

export const fleetFindingsQuery = z.strictObject({
  state: z.enum(['open', 'ended']).default('open').describe('Only findings that are open, or only those that ended'),
  finding: openEnum(Object.keys(FINDING_KINDS)).optional().describe('Only this kind of finding'),
  severity: z.enum(SEVERITIES).optional().describe('Only findings of this severity'),
  cp_id: cpId.optional().describe('Only findings of this charge point'),
  vendor: text('Only findings of charge points of this vendor'),
  model: text('Only findings of charge points of this model'),
  firmware_version: text('Only findings of charge points with this firmware version'),
  since: moment.optional().describe('Only findings that occurred at this time or later'),
  tag: tagQuery,
  ...pageQuery({ preset: 50, max: 500 }),
});

export function fleetFindingOf(record: FindingRecord): SourceOf<typeof fleetFinding> {
  const { title, firstCheck } = FINDING_KINDS[record.finding as FindingKind];
  const state = record.endedAt === null ? 'open' : 'ended';
  return { ...record, title, firstCheck, state } as SourceOf<typeof fleetFinding>;
}

export function summaryOf(summary: FindingsSummary): SourceOf<typeof findingsSummary> {
  return summary as SourceOf<typeof findingsSummary>;
}
