import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { thoroughValidators } from '#generated/thorough-validators.js';
import { type Validator, validators } from '#generated/validators.js';
import { actions } from './actions/index.ts';
import { outboundActions } from './commands/table.ts';

const files = readdirSync(new URL('../schemas', import.meta.url)).filter((file) => file.endsWith('.json'));

describe('schemas', () => {
  it('all one hundred and twenty-eight are compiled', () => {
    expect(files).toHaveLength(128);
    for (const file of files) {
      const [, action = '', side = ''] = /^(.+)(Request|Response)\.json$/.exec(file) ?? [];
      const pair: Record<string, Validator> = validators[action as keyof typeof validators];
      expect(pair[side.toLowerCase()]).toBeInstanceOf(Function);
      expect(thoroughValidators[action as keyof typeof validators]).toBeInstanceOf(Function);
    }
    expect(Object.keys(validators)).toHaveLength(files.length / 2);
  });

  it('every action has a direction and, where it comes in, a handler', () => {
    const placed = [...outboundActions, ...Object.keys(actions)];
    expect([...new Set(placed)].sort()).toEqual(Object.keys(validators).sort());
    expect(outboundActions.size).toBe(40);
    expect(Object.keys(actions)).toHaveLength(25);
  });

  it('faults carry keyword, path and parameters', () => {
    expect(validators.Reset.request({ type: 'Soft' })).toBe(false);
    expect(validators.Reset.request.errors).toEqual([
      expect.objectContaining({
        keyword: 'enum',
        instancePath: '/type',
        params: { allowedValues: ['Immediate', 'OnIdle'] },
        message: expect.any(String),
      }),
    ]);
  });

  it('customData stays open, all else closed', () => {
    const customData = { vendorId: 'V', anything: { at: ['all'] } };
    expect(validators.Heartbeat.request({ customData })).toBe(true);
    expect(validators.Heartbeat.request({ customData: { anything: 1 } })).toBe(false);
    expect(validators.Heartbeat.request({ anything: 1 })).toBe(false);
  });

  it('EVSE 0, the main meter, reports (TC_J_02)', () => {
    const meterValue = [{ timestamp: '2026-03-01T10:00:00Z', sampledValue: [{ value: 1 }] }];
    expect(validators.MeterValues.request({ evseId: 0, meterValue })).toBe(true);
  });

  it('an empty list of readings is a fault of cardinality', () => {
    expect(validators.MeterValues.request({ evseId: 1, meterValue: [] })).toBe(false);
    expect(validators.MeterValues.request.errors).toMatchObject([{ keyword: 'minItems', params: { limit: 1 } }]);
  });

  it('the largest exiResponse passes', () => {
    const answer = (length: number) => ({ status: 'Accepted', exiResponse: 'x'.repeat(length) });
    expect(validators.Get15118EVCertificate.response(answer(7500))).toBe(true);
    expect(validators.Get15118EVCertificate.response(answer(7501))).toBe(false);
  });
});
