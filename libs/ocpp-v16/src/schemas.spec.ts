import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { thoroughValidators } from '#generated/thorough-validators.js';
import { type Validator, validators } from '#generated/validators.js';
import { actions } from './actions/index.ts';
import { outboundActions } from './commands/table.ts';

const files = readdirSync(new URL('../schemas', import.meta.url)).filter((file) => file.endsWith('.json'));
const meterValues = (sampledValue: object[]) => [{ timestamp: '2026-03-01T10:00:00Z', sampledValue }];

describe('schemas', () => {
  it('all seventy-eight are compiled', () => {
    expect(files).toHaveLength(78);
    for (const file of files) {
      const [, action = '', response] = /^(.+?)(Response)?\.json$/.exec(file) ?? [];
      const pair: Record<string, Validator> = validators[action as keyof typeof validators];
      expect(pair[response ? 'response' : 'request']).toBeInstanceOf(Function);
      expect(thoroughValidators[action as keyof typeof validators]).toBeInstanceOf(Function);
    }
    expect(Object.keys(validators)).toHaveLength(files.length / 2);
  });

  it('every action has a direction and, where it comes in, a handler', () => {
    const placed = [...outboundActions, ...Object.keys(actions)];
    expect([...new Set(placed)].sort()).toEqual(Object.keys(validators).sort());
    expect(outboundActions.size).toBe(26);
    expect(Object.keys(actions)).toHaveLength(14);
  });

  it('faults carry keyword, path and parameters', () => {
    expect(validators.Reset.request({ type: 'Medium' })).toBe(false);
    expect(validators.Reset.request.errors).toEqual([
      expect.objectContaining({
        keyword: 'enum',
        instancePath: '/type',
        params: { allowedValues: ['Hard', 'Soft'] },
        message: expect.any(String),
      }),
    ]);
  });

  describe.each(['limit', 'minChargingRate'])('the tenths of %s', (field) => {
    const schedule = (rate: number) => ({
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: field === 'limit' ? rate : 6 }],
      ...(field === 'minChargingRate' && { minChargingRate: rate }),
    });
    const profile = (rate: number) => ({
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Relative',
      chargingSchedule: schedule(rate),
    });
    const takes = (rate: number) => ({
      compositeSchedule: validators.GetCompositeSchedule.response({
        status: 'Accepted',
        chargingSchedule: schedule(rate),
      }),
      remoteStart: validators.RemoteStartTransaction.request({ idTag: 'TAG', chargingProfile: profile(rate) }),
      setProfile: validators.SetChargingProfile.request({ connectorId: 1, csChargingProfiles: profile(rate) }),
    });

    it('pass, all from 0.0 to 100.0', () => {
      for (let tenths = 0; tenths <= 1000; tenths++)
        expect(takes(tenths / 10)).toEqual({ compositeSchedule: true, remoteStart: true, setProfile: true });
    });

    it('are the finest there is', () => {
      expect(takes(6.15)).toEqual({ compositeSchedule: false, remoteStart: false, setProfile: false });
    });
  });

  it.each(['Hertz', 'Celsius', 'Celcius', 'Wh'])('the unit %s passes in both messages with samples', (unit) => {
    const meterValue = meterValues([{ value: '1', unit }]);
    expect(validators.MeterValues.request({ connectorId: 1, meterValue })).toBe(true);
    expect(
      validators.StopTransaction.request({
        transactionId: 1,
        meterStop: 0,
        timestamp: '2026-03-01T10:00:00Z',
        transactionData: meterValue,
      }),
    ).toBe(true);
  });

  it('lists without readings pass, which the specification allows', () => {
    expect(validators.MeterValues.request({ connectorId: 1, meterValue: [] })).toBe(true);
    expect(validators.MeterValues.request({ connectorId: 1, meterValue: meterValues([]) })).toBe(true);
  });

  it.each([
    ['2026-03-01T10:00:00Z', true],
    ['2026-03-01T10:00:00.123456789+02:00', true],
    ['2026-03-01T10:00:00+02', true],
    ['2026-03-01T10:00:00', false],
    ['', false],
  ])('the timestamp "%s" is RFC 3339 as far as strict goes: %s', (timestamp, valid) => {
    const status = { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp };
    expect(validators.StatusNotification.request(status)).toBe(valid);
  });
});
