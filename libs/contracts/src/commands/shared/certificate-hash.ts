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
      'Certificates that the root certificate verifies: CentralSystemRootCertificate (2.0.1 CSMSRootCertificate) those of the ' +
        'gateway, ManufacturerRootCertificate those of the firmware, and for ISO 15118 (2.0.1 only) V2GRootCertificate those of ' +
        'the charge point and MORootCertificate those of the contract of the driver',
    ),
);

export const installedCertificateUse = grpcName(
  'CertificateUse',
  z
    .enum([...USES, 'V2GCertificateChain'])
    .describe(
      'Use of the certificate, as for install-certificate; V2GCertificateChain (2.0.1 only) is the chain of the charge point for ISO 15118',
    ),
);

const hex = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\da-f]+$/i, 'must be hexadecimal');

export const hashAlgorithm = grpcName(
  'HashAlgorithm',
  z.enum(['SHA256', 'SHA384', 'SHA512']).describe('Algorithm of the two hashes'),
);

/** Identifies one certificate (CertificateHashDataType of the 1.6 security whitepaper and of 2.0.1). */
export const certificateHash = {
  hash_algorithm: hashAlgorithm,
  issuer_name_hash: hex(128).describe('Hash of the distinguished name of the issuer (DER), hexadecimal'),
  issuer_key_hash: hex(128).describe('Hash of the public key of the issuer, hexadecimal'),
  serial_number: hex(40).describe('Serial number of the certificate, hexadecimal'),
};
