import { INTERVALS, type Interval, type Period } from '@ocpp-gw/clickhouse';
import { openEnum } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { MEASURANDS, PHASES, SAMPLE_LOCATIONS } from './known-values.ts';
import { moment, timestamp } from './page.ts';

/** What one answer may hold. */
const MOST_BUCKETS = 3000;

/** The period where none is given. */
const PRESET_MS: Record<Interval, number> = { '15m': 86_400_000, hour: 86_400_000, day: 31 * 86_400_000 };

const interval = z
  .enum(Object.keys(INTERVALS) as [Interval, ...Interval[]])
  .default('hour')
  .describe('Length of a bucket: a quarter of an hour, an hour, or a day of UTC');

const period = {
  interval,
  from: moment
    .optional()
    .describe('Only buckets that begin at this time or later; if absent, a day before `to`, and 31 for days'),
  to: moment
    .optional()
    .describe(
      `Only buckets that begin before this time; if absent, now. Not before \`from\`, and at most ${MOST_BUCKETS} intervals after it`,
    ),
};

interface Asked {
  interval: Interval;
  from?: Date | undefined;
  to?: Date | undefined;
}

export function periodOf({ interval: length, from, to = new Date() }: Asked): Period {
  return { interval: length, from: from ?? new Date(to.getTime() - PRESET_MS[length]), to };
}

/** Refuses a period that ends before it begins, or that has too many buckets. */
function bounded<Query extends z.ZodObject>(query: Query): Query {
  return query
    .refine((given) => spanMs(given as unknown as Asked) >= 0, { path: ['to'], message: 'must not be before from' })
    .refine(
      (given) => {
        const asked = given as unknown as Asked;
        return spanMs(asked) <= MOST_BUCKETS * INTERVALS[asked.interval] * 1000;
      },
      { path: ['to'], message: `must be at most ${MOST_BUCKETS} intervals after from` },
    );
}

function spanMs(asked: Asked): number {
  // A text that is no time is refused for itself.
  if ([asked.from, asked.to].some((moment) => moment !== undefined && !(moment instanceof Date))) return 0;
  const { from, to } = periodOf(asked);
  return to.getTime() - from.getTime();
}

export const seriesQuery = bounded(z.strictObject(period));

export const transactionSeriesQuery = z.strictObject({ interval });

export const meterSeriesQuery = bounded(
  z.strictObject({
    ...period,
    measurand: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Only values of this measurand')
      .meta({ examples: ['Power.Active.Import'] }),
    transaction_id: z.string().min(1).max(255).optional().describe('Only values of this transaction'),
  }),
);

const bucket = {
  begins_at: timestamp.describe('Begin of the bucket'),
  ends_at: timestamp.describe('End of the bucket'),
};
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item).describe('In order of time; a bucket without a value is left out') });

export const energyBucket = z
  .object({
    ...bucket,
    energy_wh: z.number().describe('Energy that transactions drew in the bucket, in Wh'),
    estimated_wh: z
      .number()
      .describe('Part of it that is spread evenly, because nothing says when it was drawn, in Wh'),
    transactions: z.int().min(0).describe('Number of transactions that drew energy in the bucket'),
  })
  .meta({ id: 'EnergyBucket' });

export const energySeries = listOf(energyBucket).meta({ id: 'EnergySeries' });

export const transactionEnergyBucket = z
  .object({
    ...bucket,
    energy_wh: z.number().describe('Energy that the transaction drew in the bucket, in Wh'),
    mean_power_w: z.number().describe('Mean power over the whole bucket, in W'),
    estimated: z.boolean().describe('Whether it is spread evenly, because nothing says when it was drawn'),
  })
  .meta({ id: 'TransactionEnergyBucket' });

export const transactionEnergySeries = listOf(transactionEnergyBucket).meta({ id: 'TransactionEnergySeries' });

export const meterValueBucket = z
  .object({
    ...bucket,
    evse_id: z.int().min(0).describe('Number of the EVSE; 0 means the main meter of the charge point'),
    connector_id: z.int().min(0).describe('Number of the connector within its EVSE; 0 means the whole EVSE'),
    measurand: openEnum(MEASURANDS).describe('OCPP measurand'),
    phase: openEnum(PHASES).nullable().describe('Phase of the measurement; null when none was given'),
    location: openEnum(SAMPLE_LOCATIONS).nullable().describe('Place of the measurement; null when none was given'),
    unit: z.string().describe('Unit of the values'),
    min: z.number().describe('Lowest value in the bucket'),
    max: z.number().describe('Highest value in the bucket'),
    mean: z.number().describe('Mean of the values in the bucket'),
    last: z.number().describe('Latest value in the bucket'),
    samples: z.int().min(1).describe('Number of values in the bucket'),
  })
  .meta({ id: 'MeterValueBucket' });

export const meterValueSeries = listOf(meterValueBucket).meta({ id: 'MeterValueSeries' });
