import { generateKeyPairSync, sign } from 'node:crypto';

const ORGANIZATION = Buffer.from('060355040a', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');

/** A PKCS #10 request for a fresh P-256 key; CN is the serial number (security whitepaper, A00.FR.428). */
export function makeSigningRequest(organization: string, serialNumber: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = sequence(relative(ORGANIZATION, organization), relative(COMMON_NAME, serialNumber));
  const info = sequence(
    element(0x02, Buffer.from([0])),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa0),
  );
  const signature = element(0x03, Buffer.from([0]), sign('sha256', info, privateKey));
  const lines =
    sequence(info, sequence(ECDSA_WITH_SHA256), signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n');
}

/** One relative distinguished name, as UTF8String. */
function relative(type: Buffer, value: string): Buffer {
  return element(0x31, sequence(type, element(0x0c, Buffer.from(value))));
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, ...parts);
}

/** A DER element of up to 65535 octets. */
function element(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
