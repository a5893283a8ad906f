import type { CreateStation } from './charger-port.ts';
import type { Version } from './misbehaviour/misbehaviour.ts';
import { answers as answers16 } from './v16/answers.ts';
import { Station16 } from './v16/station.ts';
import { answers as answers201 } from './v201/answers.ts';
import { Station201 } from './v201/station.ts';

/** How a charger of each version speaks. */
export const STATIONS: Readonly<Record<Version, CreateStation>> = {
  '1.6': (charger) => new Station16(charger, answers16),
  '2.0.1': (charger) => new Station201(charger, answers201),
};
