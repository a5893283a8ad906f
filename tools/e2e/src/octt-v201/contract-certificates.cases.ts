import { expect, it } from '@jest/globals';
import { certificateHashData, issue } from '@ocpp-gw/testing';
import type { Stack } from '../stack.ts';
import type { ContractPki } from './contract-pki.ts';
import { charging, type Octt, type Payload, token } from './octt.ts';

/** Block C: plug and charge (C07); the eMAID is the token, the vehicle's contract certificate its proof. */
export function contractCertificates(stack: () => Stack, pki: () => ContractPki): void {
  const { booted } = charging(stack);

  const EMAID = token('DEOCTC0TT00001', 'eMAID');

  /** A vehicle's contract certificate; as a station that has checked the chain itself names it. */
  async function contract(): Promise<{ certificate: string; hash: Payload }> {
    const { root, responder } = pki();
    const { cert } = await issue({ cn: EMAID.idToken, o: 'OCTT eMSP', ca: root, ocspUrl: responder.url });
    const hash = await certificateHashData(cert, root.cert);
    return { certificate: cert + '\n' + root.cert, hash: { ...hash, responderURL: responder.url } };
  }

  /** The vehicle is accepted and charges. */
  async function charges(octt: Octt, proof: object): Promise<void> {
    await octt.status('Occupied');
    expect(await octt.call('Authorize', { idToken: EMAID, ...proof })).toEqual({
      idTokenInfo: { status: 'Accepted' },
      certificateStatus: 'Accepted',
    });
    const transaction = octt.begin();
    await transaction.plugIn();
    await transaction.authorized(EMAID);
    await transaction.flows();
    expect(await octt.transaction()).toMatchObject({
      state: 'active',
      id_token: EMAID.idToken,
      id_token_type: 'eMAID',
      id_token_status: 'Accepted',
    });
  }

  it('TC_C_50 Authorization using Contract Certificates 15118 - Online - Local contract certificate validation - Accepted', async () => {
    const octt = await booted('OCTT2-C_50');
    const { hash } = await contract();
    await charges(octt, { iso15118CertificateHashData: [hash] });
    expect(pki().responder.asked).toContain(hash['serialNumber']);
  });

  it('TC_C_51 Authorization using Contract Certificates 15118 - Online - Local contract certificate validation - Rejected', async () => {
    const octt = await booted('OCTT2-C_51');
    const { hash } = await contract();
    pki().responder.setStatus(String(hash['serialNumber']), 'revoked');
    await octt.status('Occupied');
    expect(await octt.call('Authorize', { idToken: EMAID, iso15118CertificateHashData: [hash] })).toEqual({
      idTokenInfo: { status: 'Invalid' },
      certificateStatus: 'CertificateRevoked',
    });
    expect(await octt.transactions()).toEqual([]);
    expect(pki().responder.asked).toContain(hash['serialNumber']);
  });

  it('TC_C_52 Authorization using Contract Certificates 15118 - Online - Central contract certificate validation - Accepted', async () => {
    const octt = await booted('OCTT2-C_52');
    const { certificate, hash } = await contract();
    await charges(octt, { certificate });
    expect(pki().responder.asked).toContain(hash['serialNumber']);
  });
}
