import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { issue, makeCa, makeCsr, signCsr } from './certificates.ts';

describe('certificates for tests', () => {
  it.each(['rsa2048', 'ec256'] as const)('are issued by a root of their own, with a key of kind %s', async (key) => {
    const ca = await makeCa({ cn: 'Root', key });
    const { cert, key: pem } = await issue({ cn: 'CP1', o: 'CPO', ca, key, dns: ['csms.example'] });
    const root = new X509Certificate(ca.cert);
    const leaf = new X509Certificate(cert);
    expect(leaf.verify(root.publicKey) && leaf.checkIssued(root)).toBe(true);
    expect(leaf.checkPrivateKey(createPrivateKey(pem))).toBe(true);
    expect(leaf.subject).toBe('CN=CP1\nO=CPO');
    expect(leaf.checkHost('csms.example')).toBe('csms.example');
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect([root.ca, leaf.ca]).toEqual([true, false]);
  });

  it('expire when asked to', async () => {
    const notAfter = new Date('2020-01-01T00:00:00Z');
    const { cert } = await issue({ cn: 'CP1', ca: await makeCa({ cn: 'Root' }), notAfter });
    expect(new X509Certificate(cert).validToDate).toEqual(notAfter);
  });

  it('can be asked for, with a request signed by the key it names', async () => {
    const { csr } = await makeCsr({ cn: 'CP1', o: 'CPO', key: 'rsa1024' });
    const request = new Pkcs10CertificateRequest(csr);
    expect(request.subject).toBe('CN=CP1, O=CPO');
    expect(await request.verify()).toBe(true);
  });

  it('answer a request with its subject and its key', async () => {
    const ca = await makeCa({ cn: 'Root' });
    const { csr, key } = await makeCsr({ cn: 'CP1', o: 'CPO', key: 'rsa2048' });
    const leaf = new X509Certificate(await signCsr({ csr, ca }));
    expect(leaf.subject).toBe('CN=CP1\nO=CPO');
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(leaf.verify(new X509Certificate(ca.cert).publicKey)).toBe(true);
  });
});
