import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  clockIsAbsurd,
  formatTime,
  momentOf,
  ownClock,
  readChargerTime,
  readDistantTime,
  timeStyle,
} from './charger-time.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

describe('readChargerTime', () => {
  it.each([
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01t10:00:00z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01 10:00:00Z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T12:00:00+02:00', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T12:00:00+0200', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T12:00:00+02', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T04:30:00-05:30', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T10:00:00.1Z', '2026-03-01T10:00:00.100Z'],
    ['2026-03-01T10:00:00.123456789Z', '2026-03-01T10:00:00.123Z'],
    ['2026-03-01T10:00:00,5Z', '2026-03-01T10:00:00.500Z'],
    ['2026-03-01T10:00Z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T10:00:00.Z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T12:00:00+2:00', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T10:00:00Z\0\0', '2026-03-01T10:00:00.000Z'],
    ['\t2026-03-01T10:00:00Z\r\n', '2026-03-01T10:00:00.000Z'],
    ['2026-02-28T24:00:00Z', '2026-03-01T00:00:00.000Z'],
    ['2026-02-28T23:59:60Z', '2026-03-01T00:00:00.000Z'],
    ['2025-02-28T12:00:00Z', '2025-02-28T12:00:00.000Z'],
  ])('reads %s, and keeps it where it is not plain RFC 3339 (F14)', (raw, expected) => {
    const plain = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(raw);
    expect(readChargerTime(raw, now)).toEqual({ at: new Date(expected), ...(plain ? {} : { raw }) });
  });

  it.each([
    '2026-03-01T10:00:00,5Z',
    '2026-03-01T10:00Z',
    '2026-03-01T10:00:00.Z',
    '2026-02-28T24:00:00Z',
    '2026-03-01T12:00:00+2:00',
    ' 2026-03-01T10:00:00Z',
    '2026-03-01T10:00:00Z\0',
  ])('F14 counts %j, which the schemas refuse', (raw) => {
    expect(timeStyle(raw)).toBe('other');
  });

  it.each(['2026-03-01T10:00:00Z', '2026-03-01 10:00:00.5z', '2026-03-01t12:00:00+02', '2026-03-01T12:00:00+0200'])(
    'F14 does not count %s, which they take',
    (raw) => {
      expect(timeStyle(raw)).toBe('standard');
    },
  );

  it('takes a time without offset for UTC and keeps what the charger sent', () => {
    const raw = '2026-03-01T10:00:00';
    expect(readChargerTime(raw, now)).toEqual({ at: new Date('2026-03-01T10:00:00.000Z'), raw });
  });

  it.each([
    ['20260301T100000Z', '2026-03-01T10:00:00.000Z'],
    ['20260301T1000Z', '2026-03-01T10:00:00.000Z'],
    ['20260301T120000.5+0200', '2026-03-01T10:00:00.500Z'],
    ['20260301100000', '2026-03-01T10:00:00.000Z'],
    ['1772359200', '2026-03-01T10:00:00.000Z'],
    ['1772359200.25', '2026-03-01T10:00:00.250Z'],
    ['1772359200000', '2026-03-01T10:00:00.000Z'],
    ['1772359200000000', '2026-03-01T10:00:00.000Z'],
    ['1.7723592e9', '2026-03-01T10:00:00.000Z'],
    ['/Date(1772359200000)/', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['20260301', '2026-03-01T00:00:00.000Z'],
    ['2026-3-1T9:00:00Z', '2026-03-01T09:00:00.000Z'],
    ['2026/03/01 10:00:00', '2026-03-01T10:00:00.000Z'],
    ['01.03.2026 10:00:00', '2026-03-01T10:00:00.000Z'],
    ['Sun, 01 Mar 2026 10:00:00 GMT', '2026-03-01T10:00:00.000Z'],
    ['1 Mar 2026 12:00:00 +0200', '2026-03-01T10:00:00.000Z'],
    ['Sun Mar  1 10:00:00 2026', '2026-03-01T10:00:00.000Z'],
    ['Sun Mar 01 2026 11:00:00 GMT+0100 (Central European Standard Time)', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T11:00:00+01:00[Europe/Berlin]', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01 10:00:00 UTC', '2026-03-01T10:00:00.000Z'],
  ])('F14 reads %s, which is no RFC 3339, and keeps it', (raw, expected) => {
    expect(readChargerTime(raw, now)).toEqual({ at: new Date(expected), raw });
    expect(timeStyle(raw)).toBe('other');
  });

  it.each([
    '1970-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '2000-01-01T00:00:20Z',
    '2025-02-28T11:59:59.999Z',
    '2026-03-02T12:00:00.001Z',
    '9999-12-31T23:59:59Z',
    '0',
    '86400',
    '2026-02-30T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-03-01T25:00:00Z',
    '2026-03-01T24:00:01Z',
    '2026-03-01T10:60:00Z',
    '2026-03-01T10:00:00+99:00',
    '20261301T100000Z',
    '03/01/2026',
    '9'.repeat(100),
    'yesterday',
    '',
  ])('T4 takes the receive time for %p, says so, and keeps what the charger sent', (raw) => {
    expect(readChargerTime(raw, now)).toEqual({ at: now, raw, assumed: true });
  });

  it('allows a clock up to a day ahead', () => {
    expect(readChargerTime('2026-03-02T12:00:00Z', now).raw).toBeUndefined();
  });

  it('takes the receive time when the charger sent none', () => {
    expect(readChargerTime(undefined, now)).toEqual({ at: now, assumed: true });
  });

  it('reads back whatever it writes', () => {
    const date = fc.date({ min: new Date('2025-03-01T00:00:00Z'), max: now, noInvalidDate: true });
    fc.assert(fc.property(date, (at) => expect(readChargerTime(formatTime(at), now)).toEqual({ at })));
  });

  it('never throws and never yields an invalid date', () => {
    fc.assert(fc.property(fc.string(), (raw) => expect(readChargerTime(raw, now).at.getTime()).not.toBeNaN()));
  });
});

describe('ownClock', () => {
  it.each([
    ['that of a good clock', '2026-03-01T09:59:00Z', Date.UTC(2026, 2, 1, 9, 59)],
    ['that of a clock that starts at 1970', '1970-01-01T00:17:22.125Z', 1_042_125],
    ['none where there is no time', undefined, null],
    ['none where the text is no time', 'soon', null],
  ])('is %s', (_what, raw, expected) => {
    expect(ownClock(momentOf(readChargerTime(raw, now)))).toBe(expected);
  });
});

describe('clockIsAbsurd', () => {
  it.each([
    ['1970-01-01T00:00:00Z', true],
    ['0001-01-01T00:00:00', true],
    ['2000-01-01T00:00:00Z', true],
    ['2025-02-28T11:59:59.999Z', true],
    ['2026-03-02T12:00:00.001Z', true],
    ['946684800', true],
    ['2025-02-28T12:00:00Z', false],
    ['2026-03-02T12:00:00Z', false],
    ['2026-03-01T10:00:00', false],
    ['2026-02-30T10:00:00Z', false],
    ['yesterday', false],
    ['', false],
    [undefined, false],
  ])('says of %p: %p', (raw, absurd) => {
    expect(clockIsAbsurd(raw, now)).toBe(absurd);
  });

  it('never says so of a time that is taken as it was sent', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), (date) => {
        const raw = date.toISOString();
        expect(clockIsAbsurd(raw, now)).toBe(readChargerTime(raw, now).assumed === true);
      }),
    );
  });
});

describe('readDistantTime', () => {
  it.each([
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['2099-12-31T23:59:59+01:00', '2099-12-31T22:59:59.000Z'],
    ['2099-12-31T23:59:59', '2099-12-31T23:59:59.000Z'],
    ['soon', undefined],
    ['2026-02-30T10:00:00Z', undefined],
    [undefined, undefined],
  ])('reads %p as %p', (raw, read) => {
    expect(readDistantTime(raw)?.toISOString()).toBe(read);
  });
});

describe('formatTime', () => {
  it('writes UTC with three fraction digits', () => {
    expect(formatTime(new Date('2026-03-01T12:00:00+02:00'))).toBe('2026-03-01T10:00:00.000Z');
  });
});
