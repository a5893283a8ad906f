import type { CreateStation } from './charger.ts';
import type { Version } from './misbehaviour/misbehaviour.ts';
import { createStation16 } from './v16/station.ts';
import { createStation201 } from './v201/station.ts';

/** How a charger of each version speaks. */
export const STATIONS: Readonly<Record<Version, CreateStation>> = {
  '1.6': createStation16,
  '2.0.1': createStation201,
};
