import { afterAll, expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import { certificateHashData, issue } from '@ocpp-gw/testing';
import type { Stack } from '../stack.ts';
import type { ContractPki } from './contract-pki.ts';
import { charging } from './octt.ts';

const SCHEMA_VERSION = 'urn:iso:15118:2:2013:MsgDef';

/** Block M, what a station asks for vehicles: OCSP answers (M06) and contract certificates (M01, M02). */
export function certificateLookups(stack: () => Stack, pki: () => ContractPki): void {
  const { booted } = charging(stack);

  afterAll(() => stack().backend.setAnswer(BACKEND_PATHS.evCertificate));

  it('TC_M_24 Get Charging Station Certificate status - Success', async () => {
    const octt = await booted('OCTT2-M_24');
    const { root, responder } = pki();
    const { cert } = await issue({ cn: 'OCTT SECC', o: 'OCTT CPO', ca: root });
    const hash = await certificateHashData(cert, root.cert);
    const ocspRequestData = { ...hash, responderURL: responder.url };
    const answer = await octt.call('GetCertificateStatus', { ocspRequestData });
    expect(answer).toEqual({ status: 'Accepted', ocspResult: expect.any(String) });
    // OCSPResponse, DER: a SEQUENCE that begins with responseStatus successful (RFC 6960 4.2.1).
    expect(Buffer.from(String(answer['ocspResult']), 'base64').toString('hex')).toMatch(/^3082[\da-f]{4}0a0100/);
    expect(responder.asked).toContain(hash.serialNumber);
    expect(await octt.read()).toMatchObject({ online: true });
  });

  it('TC_M_26 Certificate Installation EV - Success', () => exchanges('OCTT2-M_26', 'Install'));
  it('TC_M_28 Certificate Update EV - Success', () => exchanges('OCTT2-M_28', 'Update'));

  /** Get15118EVCertificate: what goes between vehicle and issuer passes through as it is. */
  async function exchanges(cpId: string, action: string): Promise<void> {
    const octt = await booted(cpId);
    const exiRequest = Buffer.from(`${action} request of ${cpId}`).toString('base64');
    const exiResponse = Buffer.from(`${action} response to ${cpId}`).toString('base64');
    const { backend } = stack();
    backend.setAnswer(BACKEND_PATHS.evCertificate, { body: { status: 'accepted', exi_response: exiResponse } });
    const request = { iso15118SchemaVersion: SCHEMA_VERSION, action, exiRequest };
    expect(await octt.call('Get15118EVCertificate', request)).toEqual({ status: 'Accepted', exiResponse });
    expect(backend.requests({ path: BACKEND_PATHS.evCertificate, cp_id: cpId })).toMatchObject([
      { data: { iso15118_schema_version: SCHEMA_VERSION, action, exi_request: exiRequest } },
    ]);
  }
}
