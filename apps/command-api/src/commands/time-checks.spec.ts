import { describe, expect, it } from '@jest/globals';
import type { TypedKind } from '@ocpp-gw/contracts';
import { CHECKS, type CheckFacts } from './checks.ts';

const facts: CheckFacts = { now: new Date('2026-06-01T12:00:00Z'), openSigning: async () => null };

async function pointers(kind: TypedKind, fields: object): Promise<(string | undefined)[]> {
  const check = CHECKS[kind] as (command: object, facts: CheckFacts) => Promise<{ pointer?: string }[]>;
  return (await check({ kind, ...fields }, facts)).map(({ pointer }) => pointer);
}

describe('the time at which something ends', () => {
  it.each([
    ['ReserveNow', (time?: string) => ({ expiresAt: time }), '/expires_at'],
    ['SetDisplayMessage', (time?: string) => ({ message: { endDateTime: time } }), '/message/end_date_time'],
    ['SetChargingProfile', (time?: string) => ({ chargingProfile: { validTo: time } }), '/charging_profile/valid_to'],
    ['RemoteStart', (time?: string) => ({ chargingProfile: { validTo: time } }), '/charging_profile/valid_to'],
  ] as const)('of %s must be to come', async (kind, fields, pointer) => {
    expect(await pointers(kind, fields('2026-06-01T12:00:00Z'))).toEqual([pointer]);
    expect(await pointers(kind, fields('2026-06-01T13:59:59+02:00'))).toEqual([pointer]);
    expect(await pointers(kind, fields('2026-06-01T12:00:01Z'))).toEqual([]);
  });

  it('may be left out', async () => {
    expect(await pointers('RemoteStart', {})).toEqual([]);
    expect(await pointers('SetDisplayMessage', { message: {} })).toEqual([]);
  });
});

describe('the times of a charging profile', () => {
  const schedule = (start: string, duration?: number) => ({ startSchedule: start, duration });
  const faults = (profile: object) => pointers('SetChargingProfile', { chargingProfile: profile });

  it('name an absolute schedule that has ended, and its alternatives', async () => {
    const ended = schedule('2026-06-01T11:00:00Z', 3600);
    const running = schedule('2026-06-01T11:00:00Z', 3601);
    expect(await faults({ kind: 'Absolute', schedule: ended })).toEqual(['/charging_profile/schedule/duration']);
    expect(await faults({ kind: 'Absolute', schedule: running, alternatives: [running, ended] })).toEqual([
      '/charging_profile/alternatives/1/duration',
    ]);
    expect(await faults({ kind: 'Recurring', schedule: ended })).toEqual([]);
    expect(await faults({ kind: 'Absolute', schedule: schedule('2020-01-01T00:00:00Z') })).toEqual([]);
  });

  it('are in order', async () => {
    const [early, late] = ['2026-07-01T00:00:00Z', '2026-08-01T00:00:00Z'];
    expect(await faults({ validFrom: late, validTo: early })).toEqual(['/charging_profile/valid_to']);
    expect(await faults({ validFrom: early, validTo: late })).toEqual([]);
    // A profile that is valid from the past on is valid at once.
    expect(await faults({ validFrom: '2020-01-01T00:00:00Z' })).toEqual([]);
  });
});

describe('the times of a display message', () => {
  it('are in order', async () => {
    const message = { startDateTime: '2026-08-01T00:00:00Z', endDateTime: '2026-07-01T00:00:00Z' };
    expect(await pointers('SetDisplayMessage', { message })).toEqual(['/message/end_date_time']);
  });
});

describe('the period of a log', () => {
  it.each(['GetLog', 'GetDiagnostics'] as const)('of %s must not end before it begins', async (kind) => {
    const [early, late] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];
    expect(await pointers(kind, { oldest: late, latest: early })).toEqual(['/latest']);
    for (const period of [{ oldest: early, latest: late }, { oldest: late }, { latest: early }, {}])
      expect(await pointers(kind, period)).toEqual([]);
  });
});
