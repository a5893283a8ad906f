import { describe, expect, it } from '@jest/globals';
import { bootNotification } from './boot-notification.ts';

const facts = { cpId: 'CP-1', now: new Date('2026-03-01T10:00:00.250Z') };
const request = { chargePointVendor: 'Vendor', chargePointModel: 'Model' };

describe('BootNotification', () => {
  it.each(['Accepted', 'Pending', 'Rejected'] as const)('answers %s with the time and the interval (4.2)', (status) => {
    const registration = { status, intervalSeconds: 300 };
    expect(bootNotification.decide(request, { ...facts, registration })).toEqual({
      reply: { status, currentTime: '2026-03-01T10:00:00.250Z', interval: 300 },
      before: [{ kind: 'stationBooted', vendor: 'Vendor', model: 'Model', registration }],
    });
  });

  it('tells the backend and the record who booted', () => {
    const full = {
      ...request,
      chargePointSerialNumber: 'S-1',
      chargeBoxSerialNumber: 'B-1',
      firmwareVersion: '1.2',
      iccid: 'icc',
      imsi: 'ims',
    };
    const station = { vendor: 'Vendor', model: 'Model', serialNumber: 'S-1', firmwareVersion: '1.2' };
    expect(bootNotification.lookups(full, facts)).toEqual({ registration: station });
    const registration = { status: 'Accepted' as const, intervalSeconds: 0 };
    expect(bootNotification.decide(full, { ...facts, registration }).before).toEqual([
      { kind: 'stationBooted', ...station, iccid: 'icc', imsi: 'ims', registration },
    ]);
  });

  it('takes the deprecated chargeBoxSerialNumber where it is the only one', () => {
    const { registration } = bootNotification.lookups({ ...request, chargeBoxSerialNumber: 'B-1' }, facts);
    expect(registration?.serialNumber).toBe('B-1');
  });

  it('throws when nobody decided, so that the charge point tries again', () => {
    expect(() => bootNotification.decide(request, { ...facts, registration: null })).toThrow('registration');
  });
});
