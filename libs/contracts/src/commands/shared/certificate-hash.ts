import { z } from 'zod';
import { grpcName } from '../grpc-names.ts';

const USES = [
  'CentralSystemRootCertificate',
  'ManufacturerRootCertificate',
  'V2GRootCertificate',
  'MORootCertificate',
] as const;

export const certificateUse = grpcName(
  'CertificateUse',
  z
    .enum(USES)
    .describe(
      'Whom the root vouches for: the gateway (2.0.1 CSMSRootCertificate), the maker of firmware, or (2.0.1 only) what ISO 15118 ' +
        'charges by: the charge point itself, the contract of the driver',
    ),
);

export const installedCertificateUse = grpcName(
  'CertificateUse',
  z
    .enum([...USES, 'V2GCertificateChain'])
    .describe("As for install-certificate; V2GCertificateChain (2.0.1 only): the charge point's own for ISO 15118"),
);

const hex = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\da-f]+$/i, 'must be hexadecimal');

export const hashAlgorithm = grpcName(
  'HashAlgorithm',
  z.enum(['SHA256', 'SHA384', 'SHA512']).describe('Of the two hashes'),
);

/** Names one certificate as a charge point does (CertificateHashDataType of the 1.6 security whitepaper and of 2.0.1). */
export const certificateHash = {
  hash_algorithm: hashAlgorithm,
  issuer_name_hash: hex(128).describe("Of the issuer's distinguished name, DER; hexadecimal"),
  issuer_key_hash: hex(128).describe("Of the issuer's public key; hexadecimal"),
  serial_number: hex(40).describe('Hexadecimal'),
};
