import { z } from 'zod';

export const certificateUse = z
  .enum(['CentralSystemRootCertificate', 'ManufacturerRootCertificate'])
  .describe('Whom the root vouches for: the gateway, or the maker of firmware');

const hex = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\da-f]+$/i, 'must be hexadecimal');

export const hashAlgorithm = z.enum(['SHA256', 'SHA384', 'SHA512']).describe('Of the two hashes');

/** Names one certificate as a charge point does (1.6 security whitepaper, CertificateHashDataType). */
export const certificateHash = {
  hash_algorithm: hashAlgorithm,
  issuer_name_hash: hex(128).describe("Of the issuer's distinguished name, DER; hexadecimal"),
  issuer_key_hash: hex(128).describe("Of the issuer's public key; hexadecimal"),
  serial_number: hex(40).describe('Hexadecimal'),
};
