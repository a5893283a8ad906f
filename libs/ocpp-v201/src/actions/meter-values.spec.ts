import { describe, expect, it } from '@jest/globals';
import { meterValues } from './meter-values.ts';

const facts = { cpId: 'CS-1', now: new Date('2026-03-01T10:00:05Z') };
const timestamp = '2026-03-01T10:00:00Z';
const at = new Date(timestamp);

describe('MeterValues', () => {
  it('records samples outside any transaction, in one unit a quantity (J01)', () => {
    const sampledValue = [
      { value: 15, unitOfMeasure: { unit: 'Wh', multiplier: 2 } },
      {
        value: 7.2,
        measurand: 'Power.Active.Import' as const,
        phase: 'L1' as const,
        location: 'Inlet' as const,
        context: 'Sample.Clock' as const,
        unitOfMeasure: { unit: 'kW' },
      },
    ];
    const request = { evseId: 0, meterValue: [{ timestamp, sampledValue }] };
    expect(meterValues.lookups(request, facts)).toEqual({});
    expect(meterValues.decide(request, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'meterValues',
          evseId: 0,
          connectorId: 0,
          samples: [
            {
              at,
              value: 1500,
              unit: 'Wh',
              rawValue: '15',
              rawUnit: 'Wh',
              measurand: 'Energy.Active.Import.Register',
              location: 'Outlet',
              context: 'Sample.Periodic',
            },
            {
              at,
              value: 7200,
              unit: 'W',
              rawValue: '7.2',
              rawUnit: 'kW',
              measurand: 'Power.Active.Import',
              phase: 'L1',
              location: 'Inlet',
              context: 'Sample.Clock',
            },
          ],
          time: { at },
        },
      ],
      noted: [],
    });
  });

  it.each([[[]], [[{ timestamp, sampledValue: [] }]]])('records nothing of empty lists', (meterValue) => {
    expect(meterValues.decide({ evseId: 1, meterValue }, facts)).toEqual({ reply: {}, before: [], noted: [] });
  });

  it.each([
    { what: 'a clock that was never set', of: '1970-01-01T00:00:00Z', value: 1, noted: ['clock-absurd'] },
    { what: 'a reading that is no number', of: timestamp, value: 'n/a' as never, noted: ['reading-not-numeric'] },
  ])('notes $what', ({ of, value, noted }) => {
    const meterValue = [{ timestamp: of, sampledValue: [{ value }] }];
    expect(meterValues.decide({ evseId: 1, meterValue }, facts).noted).toEqual(noted);
  });
});
