import type { CertificateHash, CertificateUse } from '@ocpp-gw/contracts';
import type { InstalledCertificateUse } from '@ocpp-gw/ocpp-j';
import type {
  CertificateHashDataType,
  GetCertificateIdUseEnumType,
  InstallCertificateUseEnumType,
} from '#generated/messages.d.ts';

/** The neutral name of the CSMS root certificate is that of 1.6. */
export function toWireUse(use: CertificateUse): InstallCertificateUseEnumType;
export function toWireUse(use: InstalledCertificateUse): GetCertificateIdUseEnumType;
export function toWireUse(use: InstalledCertificateUse): GetCertificateIdUseEnumType {
  return use === 'CentralSystemRootCertificate' ? 'CSMSRootCertificate' : use;
}

export function fromWireUse(use: InstallCertificateUseEnumType): CertificateUse;
export function fromWireUse(use: GetCertificateIdUseEnumType): InstalledCertificateUse;
export function fromWireUse(use: GetCertificateIdUseEnumType): InstalledCertificateUse {
  return use === 'CSMSRootCertificate' ? 'CentralSystemRootCertificate' : use;
}

/** Without custom data. */
export function hashOf(data: CertificateHashDataType): CertificateHash {
  const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = data;
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber };
}
