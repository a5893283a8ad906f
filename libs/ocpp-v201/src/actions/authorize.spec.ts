import type { Authorization } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { authorize } from './authorize.ts';

const facts = { cpId: 'CS-1', now: new Date('2026-03-01T10:00:00Z') };
const request = { idToken: { idToken: 'aBc', type: 'ISO14443' as const } };
const answer = (idToken: Authorization) =>
  authorize.decide(request, { ...facts, idToken, contractCertificate: null }).reply;
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'a1', issuerKeyHash: 'b2', serialNumber: '01' } as const;
const contract = { idToken: { idToken: 'DE8AA', type: 'eMAID' as const }, certificate: '-----BEGIN CERTIFICATE-----' };

describe('Authorize', () => {
  it('asks about the token as it was sent, with its type', () => {
    expect(authorize.lookups(request, facts)).toEqual({
      idToken: { idToken: 'aBc', type: 'ISO14443' },
      contractCertificate: null,
    });
  });

  it.each(['', 'button'])('accepts a start without a token ("%s") and asks nobody (C02, citrineos#964)', (idToken) => {
    const without = { idToken: { idToken, type: 'NoAuthorization' as const } };
    expect(authorize.lookups(without, facts)).toEqual({ idToken: null, contractCertificate: null });
    expect(authorize.decide(without, { ...facts, idToken: null, contractCertificate: null }).reply).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
  });

  it('answers Invalid to an empty token, which nobody can have issued, and asks nobody', () => {
    const empty = { idToken: { idToken: '', type: 'Central' as const } };
    expect(authorize.lookups(empty, facts).idToken).toBeNull();
    expect(authorize.decide(empty, { ...facts, idToken: null, contractCertificate: null }).reply).toEqual({
      idTokenInfo: { status: 'Invalid' },
    });
  });

  it.each([
    'Accepted',
    'Blocked',
    'ConcurrentTx',
    'Expired',
    'Invalid',
    'NoCredit',
    'NotAllowedTypeEVSE',
    'NotAtThisLocation',
    'NotAtThisTime',
    'Unknown',
  ] as const)('passes %s on (C01)', (status) => {
    expect(answer({ status })).toEqual({ idTokenInfo: { status } });
  });

  it('passes expiry and group on', () => {
    const group = { idToken: 'FLEET', type: 'ISO15693' };
    expect(answer({ status: 'Accepted', expiresAt: new Date('2027-01-01'), group })).toEqual({
      idTokenInfo: { status: 'Accepted', cacheExpiryDateTime: '2027-01-01T00:00:00.000Z', groupIdToken: group },
    });
  });

  it.each([undefined, 'Nonsense'])('takes a group of type %s for one of the CSMS', (type) => {
    expect(answer({ status: 'Accepted', group: { idToken: 'FLEET', type } }).idTokenInfo.groupIdToken).toEqual({
      idToken: 'FLEET',
      type: 'Central',
    });
  });

  it('leaves out a group too long for an idToken', () => {
    expect(answer({ status: 'Accepted', group: { idToken: 'x'.repeat(37) } })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
  });

  it('passes on what only 2.0.1 can be answered', () => {
    const personalMessage = { format: 'UTF8', language: 'en', content: 'Welcome' } as const;
    expect(
      answer({ status: 'Accepted', chargingPriority: 0, evseIds: [1, 2], language: 'de-AT', personalMessage }),
    ).toEqual({
      idTokenInfo: { status: 'Accepted', chargingPriority: 0, evseId: [1, 2], language1: 'de-AT', personalMessage },
    });
  });

  it('asks about the contract certificate that comes with a token, whole or as hashes (C07)', () => {
    const idToken = contract.idToken;
    expect(authorize.lookups(contract, facts)).toEqual({
      idToken,
      contractCertificate: { certificate: contract.certificate },
    });
    const hashes = [{ ...hash, responderURL: 'http://ocsp.example/' }];
    expect(authorize.lookups({ idToken, iso15118CertificateHashData: hashes }, facts)).toEqual({
      idToken,
      contractCertificate: { hashes: [{ ...hash, responderUrl: 'http://ocsp.example/' }] },
    });
  });

  it.each([
    { token: 'Accepted', certificate: 'Accepted', status: 'Accepted' },
    { token: 'Accepted', certificate: 'CertificateRevoked', status: 'Invalid' },
    { token: 'Accepted', certificate: 'CertificateExpired', status: 'Expired' },
    { token: 'Accepted', certificate: 'SignatureError', status: 'Invalid' },
    { token: 'Accepted', certificate: 'NoCertificateAvailable', status: 'Invalid' },
    { token: 'Accepted', certificate: 'CertChainError', status: 'Invalid' },
    { token: 'Accepted', certificate: 'ContractCancelled', status: 'Invalid' },
    { token: 'Blocked', certificate: 'CertificateExpired', status: 'Expired' },
    { token: 'Blocked', certificate: 'CertificateRevoked', status: 'Invalid' },
    { token: 'ConcurrentTx', certificate: 'Accepted', status: 'ConcurrentTx' },
    { token: 'NoCredit', certificate: 'Accepted', status: 'NoCredit' },
    { token: 'NotAllowedTypeEVSE', certificate: 'Accepted', status: 'NotAllowedTypeEVSE' },
    { token: 'NotAtThisLocation', certificate: 'Accepted', status: 'NotAtThisLocation' },
    { token: 'NotAtThisTime', certificate: 'Accepted', status: 'NotAtThisTime' },
  ] as const)(
    'F28 answers $status to a token that is $token with a certificate that is $certificate (TC_C_50 to 52)',
    ({ token, certificate, status }) => {
      const known = { ...facts, idToken: { status: token }, contractCertificate: { status: certificate } };
      expect(authorize.decide(contract, known).reply).toEqual({
        idTokenInfo: { status },
        certificateStatus: certificate,
      });
    },
  );

  it.each(['Blocked', 'Expired', 'Invalid', 'Unknown'] as const)(
    'F28 says of a certificate that holds, with a token that is %s, that the contract is cancelled (C07.FR.13)',
    (status) => {
      const known = { ...facts, idToken: { status }, contractCertificate: { status: 'Accepted' as const } };
      expect(authorize.decide(contract, known).reply).toEqual({
        idTokenInfo: { status },
        certificateStatus: 'ContractCancelled',
      });
    },
  );

  it('throws when nobody looked at the certificate, so that the station tries again', () => {
    const known = { ...facts, idToken: { status: 'Accepted' as const }, contractCertificate: null };
    expect(() => authorize.decide(contract, known)).toThrow('contractCertificate');
  });

  it('records nothing', () => {
    expect(
      authorize.decide(request, { ...facts, idToken: { status: 'Accepted' }, contractCertificate: null }).before,
    ).toEqual([]);
  });
});
