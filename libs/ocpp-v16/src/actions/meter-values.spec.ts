import { describe, expect, it } from '@jest/globals';
import { meterValues } from './meter-values.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CP-1', now };
const at = new Date('2026-03-01T10:00:00Z');
const meterValue = [{ timestamp: '2026-03-01T10:00:00Z', sampledValue: [{ value: '1.5', unit: 'kWh' as const }] }];

/** What JSON.parse makes of int64's maximum, which Alfen sends. */
const INT64_MAX = 9_223_372_036_854_776_000;

describe('MeterValues', () => {
  it.each([
    { what: 'no id', connectorId: 1, transactionId: undefined, reported: undefined },
    { what: 'an id', connectorId: 1, transactionId: 42, reported: '42' },
    { what: '-1 (errata 3.18)', connectorId: 1, transactionId: -1, reported: null },
    { what: '0', connectorId: 2, transactionId: 0, reported: null },
    { what: 'int64 max', connectorId: 1, transactionId: INT64_MAX, reported: null },
    { what: 'an id beyond 32 bits', connectorId: 1, transactionId: 2_147_483_648, reported: null },
    { what: 'the largest id we give', connectorId: 1, transactionId: 2_147_483_647, reported: '2147483647' },
    { what: '-1 on the main meter', connectorId: 0, transactionId: -1, reported: null },
    { what: 'an id on the main meter', connectorId: 0, transactionId: 42, reported: '42' },
  ])('asks nobody, and says of $what what the charge point reported', ({ connectorId, transactionId, reported }) => {
    const request = { connectorId, transactionId, meterValue };
    expect(meterValues.lookups(request, facts)).toEqual({});
    const [effect] = meterValues.decide(request, facts).before;
    expect(effect).toMatchObject({ kind: 'meterValues', evseId: connectorId, connectorId });
    if (reported === undefined) expect(effect).not.toHaveProperty('transactionId');
    else expect(effect).toMatchObject({ transactionId: reported });
  });

  it('records the samples in one unit a quantity, and what was sent beside', () => {
    expect(meterValues.decide({ connectorId: 1, transactionId: 42, meterValue }, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'meterValues',
          evseId: 1,
          connectorId: 1,
          transactionId: '42',
          samples: [
            {
              at,
              value: 1500,
              unit: 'Wh',
              rawValue: '1.5',
              rawUnit: 'kWh',
              measurand: 'Energy.Active.Import.Register',
              location: 'Outlet',
              context: 'Sample.Periodic',
            },
          ],
          time: { at },
        },
      ],
      noted: [],
    });
  });

  it.each([[[]], [[{ timestamp: '2026-03-01T10:00:00Z', sampledValue: [] }]]])(
    'accepts empty lists and records nothing (Vestel)',
    (empty) => {
      const decision = meterValues.decide({ connectorId: 1, meterValue: empty }, facts);
      expect(decision).toEqual({ reply: {}, before: [], noted: ['empty-readings'] });
    },
  );

  it.each(['', 'n/a', 'NaN', '0x10'])('keeps the value "%s", which is no number, as text', (value) => {
    const request = { connectorId: 1, meterValue: [{ timestamp: '2026-03-01T10:00:00Z', sampledValue: [{ value }] }] };
    const [effect] = meterValues.decide(request, facts).before;
    expect(effect).toMatchObject({ samples: [{ rawValue: value }] });
    expect(effect).not.toHaveProperty('samples.0.value');
  });

  it.each([
    { what: 'nothing of a good message', of: {}, noted: [] },
    { what: 'an id that names no transaction', of: { transactionId: 0 }, noted: ['transaction-id-unusable'] },
    { what: 'an id beyond 32 bits', of: { transactionId: INT64_MAX }, noted: ['transaction-id-unusable'] },
    { what: 'a clock that was never set', of: { timestamp: '1970-01-01T00:00:00Z' }, noted: ['clock-absurd'] },
    { what: 'no clock in a time that says no offset', of: { timestamp: '2026-03-01T10:00:00' }, noted: [] },
    { what: 'no clock in a text that is no time', of: { timestamp: 'now' }, noted: [] },
    { what: 'a reading that is no number', of: { value: 'n/a' }, noted: ['reading-not-numeric'] },
    { what: 'no reading that is signed data', of: { value: 'OCMF|{}', format: 'SignedData' as const }, noted: [] },
    { what: 'no sign of a register', of: { value: '-1' }, noted: [] },
  ])('notes $what', ({ of: { transactionId, timestamp = '2026-03-01T10:00:00Z', ...sampled }, noted }) => {
    const readings = [...meterValue, { timestamp, sampledValue: [{ value: '1', ...sampled }] }];
    const request = { connectorId: 1, transactionId, meterValue: readings };
    expect(meterValues.decide(request, facts).noted).toEqual(noted);
  });

  it('notes what it met in a message without readings too', () => {
    const request = { connectorId: 1, transactionId: -1, meterValue: [] };
    expect(meterValues.decide(request, facts)).toEqual({
      reply: {},
      before: [],
      noted: ['empty-readings', 'transaction-id-unusable'],
    });
  });
});
