import { describe, expect, it } from '@jest/globals';
import { makeCa, makeCsr } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { checkSigningRequest } from './signing-request.ts';

/** Made with openssl: WebCrypto knows neither the curves nor the hash. */
const P224 = `-----BEGIN CERTIFICATE REQUEST-----
MIG5MGgCAQAwETEPMA0GA1UEAwwGQ1AtMjI0ME4wEAYHKoZIzj0CAQYFK4EEACED
OgAEnRc54fgXVMj1f3GHa5DjFR4/ZgtyY0dJ6xf2ZxlZGtpVDQIxrLMA6K3Y6al4
FFHEF3AT97Mv87ygADAKBggqhkjOPQQDAgNBADA+Ah0A5/U76bnJueO9Bsb3FqO8
4neCHFa+AgGSkKNF8QIdAITZ0Hsnj4SklvxbQgukiy9tUMmHlY6TAuMKlL4=
-----END CERTIFICATE REQUEST-----`;
const P192 = `-----BEGIN CERTIFICATE REQUEST-----
MIGrMGMCAQAwETEPMA0GA1UEAwwGQ1AtMTkyMEkwEwYHKoZIzj0CAQYIKoZIzj0D
AQEDMgAEqZIvWIV2uDbY7idKb1f9CHJLe1oo3kZFlN/UgQHzfq/v1mQ1tq4KJZbS
WZ4PHbQqoAAwCgYIKoZIzj0EAwIDOAAwNQIYJSA4BaWvnOA3m5vcNegk9YoslmLV
5KCBAhkA3DiFg9zZjyQivCt5qXqjPKup2GvhQQjI
-----END CERTIFICATE REQUEST-----`;
const SHA1 = `-----BEGIN CERTIFICATE REQUEST-----
MIHLMHQCAQAwEjEQMA4GA1UEAwwHQ1AtU0hBMTBZMBMGByqGSM49AgEGCCqGSM49
AwEHA0IABHQRgPH5TdKGwwmiNiIdkFto4zDmB5P/5OVeEBYPJi7bIqc4BJY+uTPu
OK1r5jjzpBFPMba4WMMR7nbkymb29YygADAJBgcqhkjOPQQBA0gAMEUCIQDnfmXP
2eGI8dkf88NiwaOIeyQSkhQtzKd/oEebs/mKpAIgV6YLDOycgUy0mhckAvRXt/af
WqGGJzIKhgDCPSExR4M=
-----END CERTIFICATE REQUEST-----`;

/** The request with one bit of its last byte, which is the signature's, turned. */
function tampered(csr: string): string {
  const der = Buffer.from(csr.replace(/-----[^-]+-----/g, ''), 'base64');
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  return `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
}

describe('checkSigningRequest', () => {
  it.each(['rsa2048', 'ec256', 'ec384'] as const)('takes a request signed by its own %s key', async (key) => {
    const { csr } = await makeCsr({ cn: 'CP-1', o: 'Eveys', key });
    expect(checkSigningRequest(csr)).toEqual({
      ok: true,
      key: { commonName: 'CP-1', publicKey: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----/) },
    });
  });

  it('takes EC keys from 224 bits up (TC_074)', () => {
    expect(checkSigningRequest(P224)).toMatchObject({ ok: true, key: { commonName: 'CP-224' } });
    expect(checkSigningRequest(P192)).toEqual({
      ok: false,
      reason: 'the EC key has 192 bits: it must have at least 224',
    });
  });

  it('refuses RSA keys below 2048 bits (TC_074)', async () => {
    const { csr } = await makeCsr({ cn: 'CP-1', key: 'rsa1024' });
    expect(checkSigningRequest(csr)).toEqual({
      ok: false,
      reason: 'the RSA key has 1024 bits: it must have at least 2048',
    });
  });

  it('refuses a signature that is not of its key, or made with a broken hash', async () => {
    const { csr } = await makeCsr({ cn: 'CP-1' });
    for (const bad of [tampered(csr), SHA1])
      expect(checkSigningRequest(bad)).toMatchObject({
        ok: false,
        reason: expect.stringContaining('is not signed by'),
      });
  });

  it('refuses what is no request', async () => {
    const { cert } = await makeCa({ cn: 'Root' });
    for (const text of ['', 'csr', cert, cert.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST')])
      expect(checkSigningRequest(text)).toMatchObject({ ok: false, reason: expect.stringContaining('PKCS#10') });
  });

  it('answers any text without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(checkSigningRequest(text).ok).toBe(false);
      }),
    );
  });
});
