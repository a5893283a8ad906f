import { describe, expect, it } from '@jest/globals';
import { isTimeZone } from './time-zone.ts';

describe(isTimeZone, () => {
  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/UTC'])('takes %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Mars/Olympus', '+02:00', 'europe/berlin', 'EUROPE/BERLIN', 'asia/kolkata', 'EST5EDT,M3.2.0', ' UTC'])(
    'refuses %j',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
