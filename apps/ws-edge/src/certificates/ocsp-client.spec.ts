import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OcspAnswer, OcspQuery } from '@ocpp-gw/ocpp-j';
import {
  issue,
  makeCa,
  startOcspResponder,
  type Authority,
  type Issued,
  type OcspBehaviour,
  type OcspResponder,
} from '@ocpp-gw/testing';
import fc from 'fast-check';
import { X509Certificate } from 'node:crypto';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { issuedHash } from './certificate-hash.ts';
import { OcspClient, type OcspClientOptions } from './ocsp-client.ts';

const HOUR_MS = 3_600_000;

let ca: Authority;
let leaf: X509Certificate;
let responder: OcspResponder;
let client: OcspClient;
let outcomes: string[];

const hoursFromNow = (hours: number): Date => new Date(Date.now() + hours * HOUR_MS);

function connect(options: Partial<OcspClientOptions> = {}): OcspClient {
  outcomes = [];
  client = new OcspClient({
    allowPrivate: true,
    timeoutMs: 30_000,
    anchors: [],
    observe: (outcome) => outcomes.push(outcome),
    logger: recordingLogger(),
    ...options,
  });
  return client;
}

async function query(facts: Partial<OcspQuery> = {}): Promise<OcspQuery> {
  return { ...(await issuedHash(leaf, new X509Certificate(ca.cert))), responderUrl: responder.url, ...facts };
}

async function ask(behaviour: OcspBehaviour = {}): Promise<OcspAnswer> {
  responder.behave(behaviour);
  return client.ask(await query());
}

const reasonOf = (answer: OcspAnswer): string => (answer.status === 'unavailable' ? answer.reason : answer.status);

async function start(key: 'ec256' | 'rsa2048' = 'ec256'): Promise<void> {
  ca = await makeCa({ cn: 'Sub-CA', key });
  leaf = new X509Certificate((await issue({ ca, cn: 'EMAID' })).cert);
  responder = await startOcspResponder(ca);
  connect();
}

beforeEach(() => start());

afterEach(async () => {
  await client.stop();
  await responder.stop();
});

describe(OcspClient.name, () => {
  it.each(['good', 'revoked', 'unknown'] as const)('passes on that a certificate is %s', async (status) => {
    responder.setStatus(leaf.serialNumber, status);
    expect(await ask()).toEqual({ status, response: expect.stringMatching(/^MII/) });
    expect(outcomes).toEqual([status]);
  });

  it('takes RSA signatures', async () => {
    await client.stop();
    await responder.stop();
    await start('rsa2048');
    expect((await ask()).status).toBe('good');
  });

  it.each<[string, OcspBehaviour, string]>([
    ['that is out of date', { nextUpdate: hoursFromNow(-1) }, 'out of date'],
    ['that never expires and is old', { thisUpdate: hoursFromNow(-25), nextUpdate: null }, 'out of date'],
    ['of the future', { thisUpdate: hoursFromNow(1), nextUpdate: hoursFromNow(2) }, 'of the future'],
    ['for another certificate', { otherCertificate: true }, 'for another certificate'],
    ['whose signature is broken', { tampered: true }, 'signed by nobody known'],
    ['that shows no signer', { certificates: [] }, 'signed by nobody known'],
    ['without a status', { refusal: 3 }, 'answered tryLater'],
    ['of an HTTP error', { raw: { status: 503, body: Buffer.alloc(0) } }, 'HTTP 503'],
    ['that is none', { raw: { status: 200, body: Buffer.from('<html>') } }, 'no OCSP response'],
    ['that is endless', { raw: { status: 200, body: Buffer.alloc(100_000) } }, 'cannot be reached'],
  ])('makes nothing of an answer %s', async (_what, behaviour, reason) => {
    expect(reasonOf(await ask(behaviour))).toContain(reason);
    expect(outcomes).toEqual(['unavailable']);
  });

  it('makes nothing of any bytes, cut answers among them', async () => {
    const whole = await ask();
    if (whole.status === 'unavailable') throw new Error(whole.reason);
    const der = Buffer.from(whole.response, 'base64');
    client = connect();
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((junk) => Buffer.from(junk)),
      fc.nat({ max: der.length - 1 }).map((length) => der.subarray(0, length)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        expect((await ask({ raw: { status: 200, body } })).status).toBe('unavailable');
      }),
      { numRuns: 50 },
    );
  });

  it('says that a responder is away, and no more than that', async () => {
    await responder.stop();
    expect(await ask()).toEqual({ status: 'unavailable', reason: 'the responder cannot be reached' });
  });

  it('gives up a responder that does not answer', async () => {
    connect({ timeoutMs: 50 });
    const { createServer } = await import('node:net');
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    expect(reasonOf(await client.ask(await query({ responderUrl: `http://127.0.0.1:${port}` })))).toContain(
      'cannot be reached',
    );
    silent.close();
  });

  it.each<[Partial<OcspQuery>, string]>([
    [{ responderUrl: 'ftp://127.0.0.1/' }, 'no http or https URL'],
    [{ responderUrl: 'responder' }, 'no http or https URL'],
    [{ issuerNameHash: 'abcd' }, 'hashes of the issuer'],
    [{ issuerKeyHash: 'z'.repeat(64) }, 'hashes of the issuer'],
    [{ hashAlgorithm: 'SHA512' }, 'hashes of the issuer'],
    [{ serialNumber: '0x1' }, 'serial number'],
    [{ serialNumber: '1'.repeat(41) }, 'serial number'],
  ])('asks nobody for %j', async (facts, reason) => {
    expect(reasonOf(await client.ask(await query(facts)))).toContain(reason);
    expect(responder.asked).toEqual([]);
  });

  it('asks no responder at a private address unless it may', async () => {
    connect({ allowPrivate: false });
    expect(reasonOf(await ask())).toBe('the responder has no public address');
    expect(responder.asked).toEqual([]);
  });

  it('asks once until the next update, and each time where there is none', async () => {
    await ask();
    expect((await ask({ refusal: 3 })).status).toBe('good');
    expect(responder.asked).toHaveLength(1);
    connect();
    await ask({ nextUpdate: null });
    await ask({ nextUpdate: null });
    expect(responder.asked).toHaveLength(3);
  });

  it('asks again for what was not known', async () => {
    responder.setStatus(leaf.serialNumber, 'unknown');
    await ask();
    responder.setStatus(leaf.serialNumber, 'good');
    expect((await ask()).status).toBe('good');
  });

  describe('an answer that another than the issuer signed (RFC 6960 4.2.2.2)', () => {
    let delegate: Issued;

    beforeEach(async () => {
      delegate = await issue({ ca, cn: 'OCSP', usage: 'ocsp' });
    });

    const anchored = (...anchors: Issued[]): OcspClient =>
      connect({ anchors: anchors.map(({ cert }) => new X509Certificate(cert)) });

    it('is taken of one that the issuer appointed', async () => {
      expect((await ask({ signer: delegate })).status).toBe('good');
      connect();
      expect((await ask({ signer: delegate, certificates: [delegate.cert, ca.cert] })).status).toBe('good');
      anchored(ca);
      expect((await ask({ signer: delegate })).status).toBe('good');
    });

    it('is not taken of one that was not appointed to sign answers', async () => {
      const other = await issue({ ca, cn: 'Web server' });
      expect(reasonOf(await ask({ signer: other }))).toContain('neither the issuer nor appointed');
    });

    it('is not taken of one that has expired', async () => {
      const old = await issue({ ca, cn: 'OCSP', usage: 'ocsp', notAfter: hoursFromNow(-1) });
      expect(reasonOf(await ask({ signer: old }))).toContain('not valid now');
    });

    it('is not taken of one that another authority appointed', async () => {
      const otherCa = await makeCa({ cn: 'Other' });
      const stranger = await issue({ ca: otherCa, cn: 'OCSP', usage: 'ocsp' });
      expect(reasonOf(await ask({ signer: stranger }))).toContain('appointed by another');
      expect(reasonOf(await ask({ signer: stranger, certificates: [stranger.cert, otherCa.cert] }))).toContain(
        'appointed by another',
      );
    });

    it('is not taken of one that only names the issuer, where its certificate shows that it did not sign', async () => {
      const namesake = await makeCa({ cn: 'Sub-CA' });
      const impostor = await issue({ ca: namesake, cn: 'OCSP', usage: 'ocsp' });
      anchored(ca);
      expect(reasonOf(await ask({ signer: impostor }))).toContain('not signed by its issuer');
      expect(reasonOf(await ask({ signer: impostor, certificates: [impostor.cert, namesake.cert] }))).toContain(
        'appointed by another',
      );
    });

    it('is not taken where certificates are configured and none leads there', async () => {
      anchored(await makeCa({ cn: 'Another root' }));
      expect(reasonOf(await ask({ signer: delegate }))).toContain('issuer of the responder is not known');
      expect(reasonOf(await ask())).toContain('not trusted');
    });
  });
});
