import { afterEach, describe, expect, it } from '@jest/globals';
import { CertID, OCSPRequest, OCSPResponse, Request, TBSRequest } from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { makeCa } from './certificates.ts';
import { startOcspResponder, type OcspResponder } from './ocsp-responder.ts';

let responder: OcspResponder | undefined;

afterEach(async () => {
  await responder?.stop();
});

const SHA256 = '2.16.840.1.101.3.4.2.1';

async function ask(url: string, serialNumber: string): Promise<OCSPResponse> {
  const reqCert = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256, parameters: null }),
    issuerNameHash: new OctetString(new Uint8Array(32)),
    issuerKeyHash: new OctetString(new Uint8Array(32)),
    serialNumber: new Uint8Array(Buffer.from(serialNumber, 'hex')).buffer,
  });
  const request = new OCSPRequest({ tbsRequest: new TBSRequest({ requestList: [new Request({ reqCert })] }) });
  const answer = await fetch(url, { method: 'POST', body: Buffer.from(AsnConvert.serialize(request)) });
  return AsnConvert.parse(await answer.arrayBuffer(), OCSPResponse);
}

describe('startOcspResponder', () => {
  it('answers every certificate, remembers what was asked, and refuses when asked to', async () => {
    responder = await startOcspResponder(await makeCa({ cn: 'Root' }));
    expect((await ask(responder.url, '0a')).responseStatus).toBe(0);
    responder.behave({ refusal: 3 });
    expect((await ask(responder.url, '0b0c')).responseStatus).toBe(3);
    expect(responder.asked).toEqual(['a', 'b0c']);
  });
});
