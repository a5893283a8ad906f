import { describe, expect, it } from '@jest/globals';
import type { CertificateHash } from '@ocpp-gw/contracts';
import { OCSPRequest } from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import fc from 'fast-check';
import { certIdOf, encodeOcspRequest, sameCertId } from './ocsp-request.ts';

const hash = (serialNumber: string): CertificateHash => ({
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'Ab'.repeat(32),
  issuerKeyHash: 'cD'.repeat(32),
  serialNumber,
});

describe('encodeOcspRequest', () => {
  it('asks for one certificate, its number positive (RFC 6960 4.1.1)', () => {
    const der = encodeOcspRequest(certIdOf(hash('ff01')));
    const [request, ...others] = AsnConvert.parse(der, OCSPRequest).tbsRequest.requestList;
    expect(others).toEqual([]);
    expect(der.includes(Buffer.from('020300ff01', 'hex'))).toBe(true);
    expect(request && sameCertId(request.reqCert, certIdOf(hash('FF01')))).toBe(true);
  });

  it('survives the way to the responder for any number of 20 bytes, leading zeroes or not', () => {
    const serial = fc.uint8Array({ minLength: 1, maxLength: 19 }).map((bytes) => Buffer.from(bytes).toString('hex'));
    fc.assert(
      fc.property(serial, fc.nat({ max: 1 }), (digits, zeroes) => {
        const certId = certIdOf(hash('0'.repeat(zeroes) + digits));
        const [request] = AsnConvert.parse(encodeOcspRequest(certId), OCSPRequest).tbsRequest.requestList;
        const same = certIdOf(hash(digits.replace(/^0+(?=.)/, '')));
        expect(request && sameCertId(request.reqCert, same)).toBe(true);
        expect(request && sameCertId(request.reqCert, certIdOf(hash(`${digits.slice(0, -1)}${flipped(digits)}`)))).toBe(
          false,
        );
      }),
    );
  });
});

function flipped(digits: string): string {
  return digits.endsWith('0') ? '1' : '0';
}
