import { describe, expect, it } from '@jest/globals';
import { samplesOf } from './samples.ts';

const now = new Date('2026-03-01T10:00:05Z');
const timestamp = '2026-03-01T10:00:00Z';

describe('samplesOf', () => {
  it('keeps signed data whole beside the number that it signs', () => {
    const signedMeterValue = {
      signedMeterData: 'T0NNRnx7fQ==',
      signingMethod: 'ECDSA-secp256r1-SHA256',
      encodingMethod: 'OCMF',
      publicKey: 'b2NtZi1rZXk=',
    };
    const sampledValue = [
      { value: 1.5, context: 'Transaction.End' as const, unitOfMeasure: { unit: 'kWh' }, signedMeterValue },
    ];
    const common = {
      at: new Date(timestamp),
      unit: 'Wh',
      rawUnit: 'kWh',
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
      context: 'Transaction.End',
    };
    expect(samplesOf([{ timestamp, sampledValue }], now)).toEqual([
      { ...common, value: 1500, rawValue: '1.5' },
      { ...common, rawValue: JSON.stringify(signedMeterValue), format: 'SignedData' },
    ]);
  });
});
