import { expect, it } from '@jest/globals';
import { makeCa } from '@ocpp-gw/testing';
import { X509Certificate } from 'node:crypto';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload } from './octt.ts';

/** The gateway's name of a certificate's use, and that of 2.0.1. */
type Use = readonly [name: string, wire: string];

const CSMS: Use = ['CentralSystemRootCertificate', 'CSMSRootCertificate'];
const MANUFACTURER: Use = ['ManufacturerRootCertificate', 'ManufacturerRootCertificate'];
const V2G: Use = ['V2GRootCertificate', 'V2GRootCertificate'];
const CHAIN: Use = ['V2GCertificateChain', 'V2GCertificateChain'];
const MO: Use = ['MORootCertificate', 'MORootCertificate'];

/** Hash data as a station writes it; letter case is kept. */
const hash = (serialNumber: string, hashAlgorithm = 'SHA256', size = 32): Payload => ({
  hashAlgorithm,
  issuerNameHash: 'Ab'.repeat(size),
  issuerKeyHash: 'c0'.repeat(size),
  serialNumber,
});

const inSnakeCase = (certificate: Payload): Payload => ({
  hash_algorithm: certificate['hashAlgorithm'],
  issuer_name_hash: certificate['issuerNameHash'],
  issuer_key_hash: certificate['issuerKeyHash'],
  serial_number: certificate['serialNumber'],
});

/** Block M, certificates in the station (M03 to M05). */
export function certificates(stack: () => Stack): void {
  const { booted } = charging(stack);

  async function install(octt: Octt, [name, wire]: Use, status: string): Promise<string> {
    const { cert: certificate } = await makeCa({ cn: `${name} of ${octt.cpId}`, o: 'OCTT CPO' });
    const body = { certificate_type: name, certificate };
    const { sent, heard } = await octt.command('install-certificate', body, 'InstallCertificate', { status });
    expect(sent).toEqual({ certificateType: wire, certificate });
    expect(heard).toMatchObject({ status });
    return certificate;
  }

  it('TC_M_01 Install CA certificate - CSMSRootCertificate', () => installs('OCTT2-M_01', CSMS));
  it('TC_M_02 Install CA certificate - ManufacturerRootCertificate', () => installs('OCTT2-M_02', MANUFACTURER));
  it('TC_M_03 Install CA certificate - V2GRootCertificate', () => installs('OCTT2-M_03', V2G));
  it('TC_M_04 Install CA certificate - MORootCertificate', () => installs('OCTT2-M_04', MO));

  async function installs(cpId: string, use: Use): Promise<void> {
    const octt = await booted(cpId);
    const certificate = await install(octt, use, 'Accepted');
    const rows = await octt.list('/installed-certificates');
    expect(rows).toEqual([
      expect.objectContaining({ certificate_type: use[0], hash_algorithm: 'SHA256', certificate }),
    ]);
    const bare = (text: unknown): string => String(text).toLowerCase().replace(/^0+/, '');
    expect(bare(rows[0]?.['serial_number'])).toBe(bare(new X509Certificate(certificate).serialNumber));
  }

  it('TC_M_05 Install CA certificate - Failed', async () => {
    const octt = await booted('OCTT2-M_05');
    await install(octt, CSMS, 'Failed');
    expect(await octt.list('/installed-certificates')).toEqual([]);
  });

  interface Installed {
    use: Use;
    certificate: Payload;
    /** Of a chain: the certificates below. */
    children?: Payload[];
  }

  /** GetInstalledCertificateIds of these uses, all when absent; the operator hears and later reads what is there. */
  async function retrieve(octt: Octt, uses: readonly Use[] | undefined, there: readonly Installed[]): Promise<void> {
    const reply = {
      status: 'Accepted',
      certificateHashDataChain: there.map(({ use: [, wire], certificate, children }) => ({
        certificateType: wire,
        certificateHashData: certificate,
        ...(children && { childCertificateHashData: children }),
      })),
    };
    const body = uses ? { certificate_types: uses.map(([name]) => name) } : {};
    const action = 'GetInstalledCertificateIds';
    const { sent, heard } = await octt.command('get-installed-certificate-ids', body, action, reply);
    expect(sent).toEqual(uses ? { certificateType: uses.map(([, wire]) => wire) } : {});
    const flat = there.flatMap(({ use: [name], certificate, children = [] }) =>
      [certificate, ...children].map((each) => ({ ...inSnakeCase(each), certificate_type: name })),
    );
    expect(heard).toMatchObject({ status: 'Accepted', certificates: flat });
    const rows = await octt.list('/installed-certificates');
    expect(rows).toHaveLength(flat.length);
    for (const each of flat) expect(rows).toContainEqual(expect.objectContaining(each));
  }

  it('TC_M_12 Retrieve certificates from Charging Station - CSMSRootCertificate', () =>
    retrieves('OCTT2-M_12', [CSMS]));
  it('TC_M_13 Retrieve certificates from Charging Station - ManufacturerRootCertificate', () =>
    retrieves('OCTT2-M_13', [MANUFACTURER]));
  it('TC_M_14 Retrieve certificates from Charging Station - V2GRootCertificate', () => retrieves('OCTT2-M_14', [V2G]));
  it('TC_M_16 Retrieve certificates from Charging Station - MORootCertificate', () => retrieves('OCTT2-M_16', [MO]));
  it('TC_M_17 Retrieve certificates from Charging Station - CSMSRootCertificate & ManufacturerRootCertificate', () =>
    retrieves('OCTT2-M_17', [CSMS, MANUFACTURER]));

  async function retrieves(cpId: string, uses: readonly Use[]): Promise<void> {
    const there = uses.map((use, index) => ({ use, certificate: hash(`0A${index}F`) }));
    await retrieve(await booted(cpId), uses, there);
  }

  it('TC_M_15 Retrieve certificates from Charging Station - V2GCertificateChain', async () => {
    const children = [hash('0B01'), hash('0B02')];
    await retrieve(await booted('OCTT2-M_15'), [CHAIN], [{ use: CHAIN, certificate: hash('0B00'), children }]);
  });

  it('TC_M_18 Retrieve certificates from Charging Station - All certificateTypes', async () => {
    const there = [CSMS, MANUFACTURER, V2G, CHAIN, MO].map((use, index) => ({ use, certificate: hash(`0C${index}F`) }));
    await retrieve(await booted('OCTT2-M_18'), undefined, there);
  });

  it('TC_M_19 Retrieve certificates from Charging Station - No matching certificate found', async () => {
    const octt = await booted('OCTT2-M_19');
    await retrieve(octt, [CSMS], [{ use: CSMS, certificate: hash('0D0F') }]);
    const { sent, heard } = await octt.command(
      'get-installed-certificate-ids',
      { certificate_types: [CSMS[0]] },
      'GetInstalledCertificateIds',
      { status: 'NotFound' },
    );
    expect(sent).toEqual({ certificateType: [CSMS[1]] });
    expect(heard).toMatchObject({ status: 'NotFound', certificates: [] });
    // What was there is there no more.
    expect(await octt.list('/installed-certificates')).toEqual([]);
  });

  async function remove(octt: Octt, certificateHashData: Payload, status: string): Promise<void> {
    const body = inSnakeCase(certificateHashData);
    const { sent, heard } = await octt.command('delete-certificate', body, 'DeleteCertificate', { status });
    expect(sent).toEqual({ certificateHashData });
    expect(heard).toMatchObject({ status });
  }

  it('TC_M_20 Delete a certificate from a Charging Station - Success', async () => {
    const octt = await booted('OCTT2-M_20');
    const hashes = ['SHA256', 'SHA384', 'SHA512'].map((algorithm, index) =>
      hash(`0E${index}F`, algorithm, 16 * (index + 2)),
    );
    await retrieve(
      octt,
      [CSMS],
      hashes.map((certificate) => ({ use: CSMS, certificate })),
    );
    for (const [index, certificate] of hashes.entries()) {
      await remove(octt, certificate, 'Accepted');
      expect(await octt.list('/installed-certificates')).toHaveLength(hashes.length - index - 1);
    }
  });

  it('TC_M_21 Delete a certificate from a Charging Station - Failed', async () => {
    const octt = await booted('OCTT2-M_21');
    const certificate = hash('0F0F');
    await retrieve(octt, [CSMS], [{ use: CSMS, certificate }]);
    await remove(octt, certificate, 'Failed');
    expect(await octt.list('/installed-certificates')).toHaveLength(1);
  });
}
