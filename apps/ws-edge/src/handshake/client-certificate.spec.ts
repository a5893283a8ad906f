import { describe, expect, it } from '@jest/globals';
import { checkClientCertificate } from './client-certificate.ts';

const station = { cpId: 'CP1', serialNumber: 'SN-7' };

describe('the client certificate of security profile 3', () => {
  it.each([
    ['CP1', station],
    ['cp1', station],
    ['SN-7', station],
    ['CP1', { cpId: 'CP1', serialNumber: null }],
  ])('named %s is that of %j', (commonName, record) => {
    expect(checkClientCertificate(record, { commonName, fault: null })).toBeNull();
  });

  it.each([
    ['is needed', null, 'client_certificate_required', /client certificate/],
    ['must name the station', { commonName: 'CP2', fault: null }, 'client_certificate_invalid', /common name/],
    [
      'must be valid for the CA',
      { commonName: 'CP1', fault: 'CERT_HAS_EXPIRED' },
      'client_certificate_invalid',
      /CERT_HAS_EXPIRED/,
    ],
  ])('%s', (_, certificate, reason, detail) => {
    expect(checkClientCertificate(station, certificate)).toMatchObject({
      status: 401,
      reason,
      detail: expect.stringMatching(detail),
    });
  });

  it('that names nobody is nobody, even of a station that reported an empty serial number', () => {
    const record = { cpId: 'CP1', serialNumber: '' };
    expect(checkClientCertificate(record, { commonName: '', fault: null })).not.toBeNull();
  });
});
