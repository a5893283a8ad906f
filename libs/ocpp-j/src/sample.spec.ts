import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseSample, type RawSample } from './sample.ts';

const at = new Date('2026-03-01T10:00:00Z');
const normalise = (raw: Omit<RawSample, 'at'>) => normaliseSample({ at, ...raw });

describe('normaliseSample', () => {
  it('fills in what both versions default', () => {
    expect(normalise({ value: '15' })).toEqual({
      at,
      value: 15,
      unit: 'Wh',
      unitAssumed: true,
      rawValue: '15',
      rawUnit: '',
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
      context: 'Sample.Periodic',
    });
  });

  it('keeps what the charger says', () => {
    const said = {
      phase: 'L1-N',
      location: 'Inlet',
      context: 'Trigger',
      format: 'Raw',
      measurand: 'Voltage',
      unit: 'V',
    };
    expect(normalise({ value: '230.1', ...said })).toMatchObject({ ...said, value: 230.1 });
  });

  it.each([
    ['Energy.Active.Export.Register', 'Wh'],
    ['Energy.Active.Net', 'Wh'],
    ['Energy.Reactive.Import.Register', 'varh'],
    ['Energy.Apparent.Net', 'VAh'],
    ['Power.Active.Import', 'W'],
    ['Power.Offered', 'W'],
    ['Power.Reactive.Export', 'var'],
    ['Current.Import', 'A'],
    ['Voltage', 'V'],
    ['Frequency', 'Hz'],
    ['Temperature', 'Celsius'],
    ['SoC', 'Percent'],
  ])('F15 gives %s without a unit its own, %s, and marks it as assumed', (measurand, unit) => {
    const expected = { value: 7, unit, unitAssumed: true, rawUnit: '' };
    expect(normalise({ value: '7', measurand })).toMatchObject(expected);
    expect(normalise({ value: '7', measurand, unit: '' })).toMatchObject(expected);
  });

  it.each(['Power.Factor', 'RPM', 'Vendor.Thing'])('F15 assumes nothing of %s, which has none', (measurand) => {
    const sample = normalise({ value: '7', measurand });
    expect(sample).toMatchObject({ value: 7, unit: '', rawUnit: '' });
    expect(sample.unitAssumed).toBeUndefined();
  });

  it('F15 marks no unit that the charger named', () => {
    expect(normalise({ value: '7', measurand: 'Voltage', unit: 'V' }).unitAssumed).toBeUndefined();
  });

  it('T9 marks a number that came with its signature', () => {
    const named = normalise({ value: 2114.1356, unit: 'kWh', signed: true });
    expect(named).toMatchObject({ value: 2114135.6, unit: 'Wh', rawUnit: 'kWh', signed: true });
    const unnamed = normalise({ value: 2114.1356, signed: true });
    expect(unnamed).toMatchObject({ value: 2114.1356, unit: 'Wh', unitAssumed: true, rawUnit: '', signed: true });
  });

  it.each([
    ['a number and its unit', '2114.1356', 'kWh', 2114135.6],
    ['a number alone', '2114.1356', undefined, undefined],
    ['a document', 'OCMF|{"RV":1}|{}', 'kWh', undefined],
    ['a signature of digits', '30440220594128372958', 'Wh', undefined],
  ])('T9 reads of SignedData of 1.6 %s', (_what, value, unit, expected) => {
    const sample = normalise({ value, unit, format: 'SignedData' });
    expect(sample).toMatchObject({ rawValue: value, format: 'SignedData', signed: true });
    expect(sample.value).toBe(expected);
  });

  it('T15 applies a multiplier to the unit that it stands without', () => {
    expect(normalise({ value: 12.5, multiplier: 3 })).toMatchObject({ value: 12500, unit: 'Wh' });
    expect(normalise({ value: 7.4, multiplier: 3, measurand: 'Power.Active.Import' })).toMatchObject({ value: 7400 });
  });

  it.each([
    ['604.213', 'kWh', 604213, 'Wh'],
    ['1.1', 'kvarh', 1100, 'varh'],
    ['7.4', 'kW', 7400, 'W'],
    ['0.3', 'kvar', 300, 'var'],
    ['22', 'kVA', 22000, 'VA'],
    ['16', 'A', 16, 'A'],
    ['21.5', 'Celcius', 21.5, 'Celsius'],
    ['21.5', 'Celsius', 21.5, 'Celsius'],
    ['300', 'K', 26.85, 'Celsius'],
    ['212', 'Fahrenheit', 100, 'Celsius'],
    ['50.02', 'Hertz', 50.02, 'Hz'],
    ['50.02', 'Hz', 50.02, 'Hz'],
    ['80', 'Percent', 80, 'Percent'],
    ['1', 'KWH', 1000, 'Wh'],
    ['3', 'furlong', 3, 'furlong'],
    ['12.5\0', 'kWh', 12500, 'Wh'],
    ['\0\0 12.5\r\n', 'kWh', 12500, 'Wh'],
  ])('brings %s %s to %d %s and keeps the original', (value, unit, expected, normalUnit) => {
    expect(normalise({ value, unit })).toMatchObject({
      value: expected,
      unit: normalUnit,
      rawValue: value,
      rawUnit: unit,
    });
  });

  it('applies the multiplier of 2.0.1', () => {
    expect(normalise({ value: 1.25, unit: 'kWh', multiplier: -3 })).toMatchObject({ value: 1.25, unit: 'Wh' });
    expect(normalise({ value: 2, unit: 'W', multiplier: 3 })).toMatchObject({ value: 2000 });
    expect(normalise({ value: '1.5e2', unit: 'Wh', multiplier: 1 })).toMatchObject({ value: 1500 });
  });

  it.each(['', ' ', 'NaN', 'Infinity', '0x10', '1,5', '12 kWh', '1e999', '-', '.'])(
    'takes no number from %p and keeps it raw',
    (value) => {
      const sample = normalise({ value, unit: 'Wh' });
      expect(sample.value).toBeUndefined();
      expect(sample.rawValue).toBe(value);
    },
  );

  it.each([
    ['+1.5', 1.5],
    ['-3', -3],
    ['.5', 0.5],
    ['5.', 5],
    [' 7 ', 7],
    ['1E3', 1000],
  ])('takes the number from %p', (value, expected) => {
    expect(normalise({ value }).value).toBe(expected);
  });

  it('keeps signed data raw', () => {
    expect(normalise({ value: '1234', format: 'SignedData' })).toMatchObject({
      rawValue: '1234',
      format: 'SignedData',
    });
    expect(normalise({ value: '1234', format: 'SignedData' }).value).toBeUndefined();
  });

  it('never throws and never yields a value that is not finite', () => {
    const raw = fc.record({
      value: fc.oneof(fc.string(), fc.double()),
      unit: fc.string(),
      multiplier: fc.integer({ min: -400, max: 400 }),
    });
    fc.assert(fc.property(raw, (given) => expect(normalise(given).value ?? 0).toBeLessThan(Infinity)));
  });

  it('shifts the decimal point exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (wh) => {
        const kwh = `${Math.floor(wh / 1000)}.${String(wh % 1000).padStart(3, '0')}`;
        expect(normalise({ value: kwh, unit: 'kWh' }).value).toBe(wh);
      }),
    );
  });
});
