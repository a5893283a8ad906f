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
      { ...common, value: 1500, rawValue: '1.5', signed: true },
      { ...common, rawValue: JSON.stringify(signedMeterValue), signed: true, format: 'SignedData' },
    ]);
  });

  const ocmf = (readings: object[]) =>
    btoa(`OCMF|${JSON.stringify({ FV: '1.0', RD: readings })}|${JSON.stringify({ SD: '887F' })}`);
  const signedBy = (signedMeterData: string) => ({
    signedMeterData,
    signingMethod: '',
    encodingMethod: 'OCMF',
    publicKey: '',
  });

  it.each([
    ['kWh', ocmf([{ RV: 2114.1356, RI: '1-b:1.8.0', RU: 'kWh' }]), 2114135.6, 'kWh'],
    [
      'the unit of the reading that it is',
      ocmf([
        { RV: 1, RU: 'Wh' },
        { RV: '2114.1356', RU: 'kWh' },
      ]),
      2114135.6,
      'kWh',
    ],
    ['none where the signed data has another number', ocmf([{ RV: 7, RU: 'kWh' }]), 2114.1356, ''],
    ['none where it is no OCMF', btoa('<xml/>'), 2114.1356, ''],
    ['none where it is no base64', 'OCMF|{', 2114.1356, ''],
    ['none where it is no JSON', btoa('OCMF|{|'), 2114.1356, ''],
    ['none where it is no object', btoa('OCMF|null|'), 2114.1356, ''],
    ['none where it has no readings', btoa('OCMF|{"RD":[null,7]}|'), 2114.1356, ''],
  ])('T9 takes, for a signed number without a unit, %s', (_what, data, value, rawUnit) => {
    const [sample] = samplesOf(
      [{ timestamp, sampledValue: [{ value: 2114.1356, signedMeterValue: signedBy(data) }] }],
      now,
    );
    expect(sample).toMatchObject({ value, unit: 'Wh', rawUnit, signed: true });
    expect(sample?.unitAssumed).toBe(rawUnit === '' ? true : undefined);
  });

  it('T9 takes the unit that is named before that of the signed data', () => {
    const signedMeterValue = signedBy(ocmf([{ RV: 1500, RU: 'kWh' }]));
    const sampledValue = [{ value: 1500, unitOfMeasure: { unit: 'Wh' }, signedMeterValue }];
    expect(samplesOf([{ timestamp, sampledValue }], now)).toMatchObject([{ value: 1500, rawUnit: 'Wh' }, {}]);
  });
});
