import { beforeAll, describe, expect, it } from '@jest/globals';
import { issue, makeCa, makeSubCa, type Authority, type Issued } from '@ocpp-gw/testing';
import { X509Certificate } from 'node:crypto';
import { findPath } from './certificate-path.ts';

const DAY_MS = 86_400_000;
const now = new Date();
const read = ({ cert }: Issued): X509Certificate => new X509Certificate(cert);

let root: Authority;
let sub1: Authority;
let sub2: Authority;
let leaf: Issued;

beforeAll(async () => {
  root = await makeCa({ cn: 'MO root' });
  sub1 = await makeSubCa({ ca: root, cn: 'MO sub 1' });
  sub2 = await makeSubCa({ ca: sub1, cn: 'MO sub 2' });
  leaf = await issue({ ca: sub2, cn: 'DE8EVE12345678' });
});

describe('findPath', () => {
  it('leads over the authorities between to a root, in whatever order they come', () => {
    const found = findPath(read(leaf), [read(sub1), read(sub2)], [read(root)], now);
    expect(found.ok && found.path.map(({ subject }) => subject)).toEqual([
      'CN=DE8EVE12345678',
      'CN=MO sub 2',
      'CN=MO sub 1',
      'CN=MO root',
    ]);
  });

  it('ends at any certificate that is trusted, and takes authorities from there', () => {
    expect(findPath(read(leaf), [], [read(sub2)], now).ok).toBe(true);
    expect(findPath(read(leaf), [read(sub2)], [read(sub1)], now).ok).toBe(true);
    expect(findPath(read(leaf), [], [read(sub2), read(sub1), read(root)], now).ok).toBe(true);
  });

  it('leads nowhere where an authority is missing or nothing is trusted', () => {
    for (const anchors of [[], [read(root)]])
      expect(findPath(read(leaf), [read(sub2)], anchors, now)).toMatchObject({ ok: false, status: 'CertChainError' });
  });

  it('does not follow a name to a key that did not sign', async () => {
    const namesake = await makeSubCa({ ca: root, cn: 'MO sub 2' });
    expect(findPath(read(leaf), [read(namesake)], [read(root)], now)).toMatchObject({
      ok: false,
      status: 'SignatureError',
    });
    expect(findPath(read(leaf), [read(namesake), read(sub2)], [read(sub1)], now).ok).toBe(true);
  });

  it('does not let one issue who is no authority', async () => {
    const user = await issue({ ca: root, cn: 'User' });
    const { keys } = root;
    const forged = await issue({ ca: { ...user, keys }, cn: 'Forged' });
    expect(findPath(read(forged), [read(user)], [read(root)], now)).toMatchObject({
      ok: false,
      status: 'CertChainError',
    });
  });

  it('names what has expired, whichever of the path it is', async () => {
    const notAfter = new Date(now.getTime() - 1000);
    const expired = await issue({ ca: root, cn: 'Old', notAfter });
    const oldSub = await makeSubCa({ ca: root, cn: 'Old sub', notAfter });
    const fresh = await issue({ ca: oldSub, cn: 'Fresh' });
    for (const [certificate, ...others] of [[expired], [fresh, oldSub]])
      expect(findPath(read(certificate!), others.map(read), [read(root)], now)).toMatchObject({
        ok: false,
        status: 'CertificateExpired',
      });
  });

  it('does not take what is not valid yet', () => {
    const early = new Date(now.getTime() - 10 * DAY_MS);
    expect(findPath(read(leaf), [], [read(sub2)], early)).toMatchObject({ ok: false, status: 'CertChainError' });
  });
});
