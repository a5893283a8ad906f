import { describe, expect, it } from '@jest/globals';
import { bootNotification } from './boot-notification.ts';

const facts = { cpId: 'CS-1', now: new Date('2026-03-01T10:00:00.250Z') };
const request = { reason: 'PowerUp', chargingStation: { vendorName: 'Vendor', model: 'Model' } } as const;

describe('BootNotification', () => {
  it.each(['Accepted', 'Pending', 'Rejected'] as const)(
    'answers %s with the time and the interval (B01-B03)',
    (status) => {
      const registration = { status, intervalSeconds: 300 };
      expect(bootNotification.decide(request, { ...facts, registration })).toEqual({
        reply: { status, currentTime: '2026-03-01T10:00:00.250Z', interval: 300 },
        before: [{ kind: 'stationBooted', vendor: 'Vendor', model: 'Model', reason: 'PowerUp', registration }],
      });
    },
  );

  it('tells the backend and the record who booted', () => {
    const chargingStation = {
      ...request.chargingStation,
      serialNumber: 'S-1',
      firmwareVersion: '1.2',
      modem: { iccid: 'icc', imsi: 'ims' },
    };
    const full = { reason: 'Watchdog', chargingStation } as const;
    const station = {
      vendor: 'Vendor',
      model: 'Model',
      serialNumber: 'S-1',
      firmwareVersion: '1.2',
      reason: 'Watchdog',
    };
    expect(bootNotification.lookups(full, facts)).toEqual({ registration: station });
    const registration = { status: 'Accepted' as const, intervalSeconds: 0 };
    expect(bootNotification.decide(full, { ...facts, registration }).before).toEqual([
      { kind: 'stationBooted', ...station, iccid: 'icc', imsi: 'ims', registration },
    ]);
  });

  it('throws when nobody decided, so that the station tries again', () => {
    expect(() => bootNotification.decide(request, { ...facts, registration: null })).toThrow('registration');
  });
});
