import { grpcName } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const installedCertificate = z
  .object({
    certificate_type: z
      .string()
      .describe(
        'Use of the certificate: CentralSystemRootCertificate or ManufacturerRootCertificate; 2.0.1 has also MORootCertificate, ' +
          'V2GRootCertificate and V2GCertificateChain',
      ),
    hash_algorithm: z.string().describe('Algorithm of the two hashes: SHA256, SHA384 or SHA512'),
    issuer_name_hash: z.string().describe("Hash of the issuer's distinguished name, hexadecimal"),
    issuer_key_hash: z.string().describe("Hash of the issuer's public key, hexadecimal"),
    serial_number: z.string().describe('Serial number of the certificate, hexadecimal'),
    certificate: z
      .string()
      .nullable()
      .describe('The certificate itself, PEM; null when it was installed without the gateway'),
    seen_at: timestamp.describe('When the certificate was last read from the charge point or installed in it'),
  })
  .meta({ id: 'InstalledCertificate' });

// The commands have an InstalledCertificate of their own.
grpcName('InstalledCertificateRecord', installedCertificate);

export const installedCertificatePage = pageOf(installedCertificate).meta({ id: 'InstalledCertificatePage' });

const certificateSigning = z
  .object({
    id: z.string().describe('Number of the request in the gateway, as text'),
    certificate_type: z
      .string()
      .nullable()
      .describe('ChargingStationCertificate or V2GCertificate; null for OCPP 1.6, which has only the former'),
    csr: z.string().describe('Certificate signing request as the charge point sent it, PEM'),
    state: z
      .enum(['requested', 'refused', 'accepted', 'rejected'])
      .describe(
        'requested: the request waits for a certificate chain; accepted or rejected: the answer of the charge point to the chain; ' +
          'refused: the gateway found a fault in the request',
      ),
    public_key: z
      .string()
      .nullable()
      .describe('Public key of the request (SubjectPublicKeyInfo), PEM; null when the request was refused'),
    common_name: z.string().nullable().describe('Common name of the request; null when the request was refused'),
    refusal: z.string().nullable().describe('Why the gateway refused the request; null when it did not'),
    certificate_chain: z
      .string()
      .nullable()
      .describe("Chain that was sent to the charge point, PEM, the charge point's certificate first; null before"),
    requested_at: timestamp.describe('When the charge point sent the request'),
    settled_at: timestamp.nullable().describe('When the charge point answered to the chain; null before'),
  })
  .meta({ id: 'CertificateSigning' });

export const certificateSigningPage = pageOf(certificateSigning).meta({ id: 'CertificateSigningPage' });
