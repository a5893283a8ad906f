import type { CertificateHash } from '@ocpp-gw/contracts';
import { CertID, OCSPRequest, Request, TBSRequest } from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { OcspError } from './errors.ts';

const HASHES = {
  SHA256: { oid: '2.16.840.1.101.3.4.2.1', digits: 64 },
  SHA384: { oid: '2.16.840.1.101.3.4.2.2', digits: 96 },
  SHA512: { oid: '2.16.840.1.101.3.4.2.3', digits: 128 },
};
/** RFC 5280 4.1.2.2: 20 bytes. */
const SERIAL_DIGITS = 40;

/**
 * The name of a certificate in OCSP (RFC 6960 4.1.1).
 * @throws OcspError when the hashes are none of their algorithm
 */
export function certIdOf(query: CertificateHash): CertID {
  const { oid, digits } = HASHES[query.hashAlgorithm];
  const isHash = (text: string): boolean => text.length === digits && isHex(text);
  if (!isHash(query.issuerNameHash) || !isHash(query.issuerKeyHash))
    throw new OcspError(`the hashes of the issuer are not ${digits} hexadecimal digits of ${query.hashAlgorithm} each`);
  if (query.serialNumber.length > SERIAL_DIGITS || !isHex(query.serialNumber))
    throw new OcspError('the serial number is not hexadecimal');
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: oid, parameters: null }),
    issuerNameHash: new OctetString(bytesOf(query.issuerNameHash)),
    issuerKeyHash: new OctetString(bytesOf(query.issuerKeyHash)),
    serialNumber: integerOf(query.serialNumber),
  });
}

/** An OCSPRequest without a nonce, DER: responders may answer from what they have signed before (docs/adr/0017). */
export function encodeOcspRequest(certId: CertID): Buffer {
  const tbsRequest = new TBSRequest({ requestList: [new Request({ reqCert: certId })] });
  return Buffer.from(AsnConvert.serialize(new OCSPRequest({ tbsRequest })));
}

/** Whether both name one certificate, however their numbers are padded. */
export function sameCertId(one: CertID, other: CertID): boolean {
  return (
    one.hashAlgorithm.algorithm === other.hashAlgorithm.algorithm &&
    hexOf(one.issuerNameHash.buffer) === hexOf(other.issuerNameHash.buffer) &&
    hexOf(one.issuerKeyHash.buffer) === hexOf(other.issuerKeyHash.buffer) &&
    hexOf(one.serialNumber).replace(/^(00)+/, '') === hexOf(other.serialNumber).replace(/^(00)+/, '')
  );
}

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text);
}

function bytesOf(hex: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(hex, 'hex')).buffer;
}

/** Charge points leave out leading zeroes, even the one that makes a DER INTEGER positive. */
function integerOf(hex: string): ArrayBuffer {
  const digits = hex.replace(/^0+(?=.)/, '');
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return bytesOf(/^[89a-f]/i.test(even) ? `00${even}` : even);
}

function hexOf(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex');
}
