import 'reflect-metadata';
import { X509Certificate } from '@peculiar/x509';

/** Names a certificate as a station does (OCPP CertificateHashDataType, RFC 6960 4.1.1); both PEM. */
export async function certificateHashData(
  certificate: string,
  issuer: string,
): Promise<{ hashAlgorithm: 'SHA256'; issuerNameHash: string; issuerKeyHash: string; serialNumber: string }> {
  const { subjectName, publicKey } = new X509Certificate(issuer);
  const [name, key] = await Promise.all([subjectName.getThumbprint('SHA-256'), publicKey.getKeyIdentifier('SHA-256')]);
  return {
    hashAlgorithm: 'SHA256',
    issuerNameHash: Buffer.from(name).toString('hex'),
    issuerKeyHash: Buffer.from(key).toString('hex'),
    serialNumber: new X509Certificate(certificate).serialNumber.toLowerCase().replace(/^0+(?=.)/, ''),
  };
}
