import type { CertificateSigningRecord, InstalledCertificateRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const installedCertificate = z
  .object({
    certificate_type: z
      .string()
      .describe(
        'CentralSystemRootCertificate, ManufacturerRootCertificate or (2.0.1) MORootCertificate, V2GRootCertificate, V2GCertificateChain',
      ),
    hash_algorithm: z.string(),
    issuer_name_hash: z.string(),
    issuer_key_hash: z.string(),
    serial_number: z.string(),
    certificate: z.string().nullable().describe('PEM; null where the gateway did not install it'),
    seen_at: timestamp,
  })
  .meta({ id: 'InstalledCertificate' });

export const installedCertificatePage = pageOf(installedCertificate).meta({ id: 'InstalledCertificatePage' });

export function renderInstalledCertificate(record: InstalledCertificateRecord): z.infer<typeof installedCertificate> {
  return {
    certificate_type: record.certificateType,
    hash_algorithm: record.hashAlgorithm,
    issuer_name_hash: record.issuerNameHash,
    issuer_key_hash: record.issuerKeyHash,
    serial_number: record.serialNumber,
    certificate: record.certificate,
    seen_at: record.seenAt.toISOString(),
  };
}

const certificateSigning = z
  .object({
    id: z.string(),
    certificate_type: z
      .string()
      .nullable()
      .describe("ChargingStationCertificate or V2GCertificate; null: the charge point's own (1.6)"),
    csr: z.string().describe('As the charge point sent it'),
    state: z
      .enum(['requested', 'refused', 'accepted', 'rejected'])
      .describe(
        'requested: waits for a chain; accepted, rejected: what the charge point made of it; refused: the request was no good',
      ),
    public_key: z.string().nullable().describe('SubjectPublicKeyInfo, PEM'),
    common_name: z.string().nullable(),
    refusal: z.string().nullable().describe('Why it was refused'),
    certificate_chain: z.string().nullable().describe("PEM, the charge point's certificate first"),
    requested_at: timestamp,
    settled_at: timestamp.nullable(),
  })
  .meta({ id: 'CertificateSigning' });

export const certificateSigningPage = pageOf(certificateSigning).meta({ id: 'CertificateSigningPage' });

export function renderCertificateSigning(record: CertificateSigningRecord): z.infer<typeof certificateSigning> {
  return {
    id: record.id,
    certificate_type: record.certificateType,
    csr: record.csr,
    state: record.state,
    public_key: record.publicKey,
    common_name: record.commonName,
    refusal: record.refusal,
    certificate_chain: record.certificateChain,
    requested_at: record.requestedAt.toISOString(),
    settled_at: record.settledAt?.toISOString() ?? null,
  };
}
