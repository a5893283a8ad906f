import { describe, expect, it } from '@jest/globals';
import type { SettableChargingProfile } from '@ocpp-gw/contracts';
import { notifyEvChargingSchedule } from './notify-ev-charging-schedule.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };
const timeBase = '2026-03-01T10:00:00Z';
const schedule = (limit: number) => ({
  id: 1,
  chargingRateUnit: 'A' as const,
  chargingSchedulePeriod: [{ startPeriod: 0, limit }],
});
const profile: SettableChargingProfile = {
  chargingProfileId: 5,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Absolute',
  transactionId: 'T-1',
  schedule: {
    startSchedule: '2026-03-01T09:00:00Z',
    chargingRateUnit: 'A',
    periods: [
      { startPeriod: 0, limit: 32 },
      { startPeriod: 3600, limit: 16 },
    ],
  },
};
const effect = (limit: number, status: string) => ({
  kind: 'evChargingSchedule',
  evseId: 1,
  schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit }] },
  status,
  time: { at: new Date(timeBase) },
});

describe('NotifyEVChargingSchedule', () => {
  it('asks which profile limits the EVSE', () => {
    expect(notifyEvChargingSchedule.lookups({ evseId: 1, timeBase, chargingSchedule: schedule(16) }, facts)).toEqual({
      transactionProfile: { evseId: 1 },
    });
  });

  it.each([
    { what: 'within the profile', limit: 16, transactionProfile: profile },
    { what: 'that nothing limits', limit: 500, transactionProfile: null },
  ])('accepts a schedule $what, and records it (K17)', ({ limit, transactionProfile }) => {
    const request = { evseId: 1, timeBase, chargingSchedule: schedule(limit) };
    const decision = notifyEvChargingSchedule.decide(request, { ...facts, transactionProfile });
    expect(decision).toEqual({ reply: { status: 'Accepted' }, before: [effect(limit, 'Accepted')], noted: [] });
    expect(decision.after).toBeUndefined();
  });

  it('rejects one beyond the profile, and sets that again once the answer has left (TC_K_55)', () => {
    const request = { evseId: 1, timeBase, chargingSchedule: schedule(20) };
    expect(notifyEvChargingSchedule.decide(request, { ...facts, transactionProfile: profile })).toEqual({
      reply: { status: 'Rejected' },
      before: [effect(20, 'Rejected')],
      noted: [],
      after: [{ kind: 'SetChargingProfile', evseId: 1, chargingProfile: profile }],
    });
  });

  it('counts from the receive time where the clock was never set', () => {
    const request = { evseId: 1, timeBase: '1970-01-01T00:00:00Z', chargingSchedule: schedule(20) };
    const { reply, before, noted } = notifyEvChargingSchedule.decide(request, {
      ...facts,
      transactionProfile: profile,
    });
    expect(reply).toEqual({ status: 'Rejected' });
    expect(before).toMatchObject([{ time: { at: now, raw: '1970-01-01T00:00:00Z' } }]);
    expect(noted).toEqual(['clock-absurd']);
  });
});
