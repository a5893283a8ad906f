import { describe, expect, it } from '@jest/globals';
import type { SettableChargingProfile } from '@ocpp-gw/contracts';
import { notifyEvChargingNeeds } from './notify-ev-charging-needs.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };
const needs = {
  requestedEnergyTransfer: 'AC_three_phase',
  departureTime: '2026-03-01T18:00:00Z',
  acChargingParameters: { energyAmount: 20_000, evMinCurrent: 6, evMaxCurrent: 32, evMaxVoltage: 230 },
} as const;
const request = { evseId: 1, chargingNeeds: { ...needs }, maxScheduleTuples: 3 };
const profile: SettableChargingProfile = {
  chargingProfileId: 5,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Absolute',
  transactionId: 'T-1',
  schedule: { chargingRateUnit: 'W', periods: [{ startPeriod: 0, limit: 11_000 }] },
};

describe('NotifyEVChargingNeeds', () => {
  it('asks the backend what it makes of the needs', () => {
    expect(notifyEvChargingNeeds.lookups(request, facts)).toEqual({
      chargingNeeds: { evseId: 1, needs, maxScheduleTuples: 3 },
    });
  });

  it.each(['Accepted', 'Rejected', 'Processing'] as const)('answers %s as it says, and records it (K15)', (status) => {
    const decision = notifyEvChargingNeeds.decide(request, { ...facts, chargingNeeds: { status } });
    expect(decision).toEqual({
      reply: { status },
      before: [{ kind: 'evChargingNeeds', evseId: 1, needs, maxScheduleTuples: 3, status, time: { at: now } }],
    });
    expect(decision.after).toBeUndefined();
  });

  it('sets the profile made of them once the answer has left (K15, K16)', () => {
    const chargingNeeds = { status: 'Accepted', profile } as const;
    const { reply, after } = notifyEvChargingNeeds.decide(request, { ...facts, chargingNeeds });
    expect(reply).toEqual({ status: 'Accepted' });
    expect(after).toEqual([{ kind: 'SetChargingProfile', evseId: 1, chargingProfile: profile }]);
  });

  it('throws when nobody was asked, so that the station tries again', () => {
    expect(() => notifyEvChargingNeeds.decide(request, { ...facts, chargingNeeds: null })).toThrow('chargingNeeds');
  });
});
