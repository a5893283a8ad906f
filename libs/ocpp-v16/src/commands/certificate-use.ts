import type { Translation } from '@ocpp-gw/ocpp-j';
import type { InstallCertificateRequest } from '#generated/messages.d.ts';

type Use = InstallCertificateRequest['certificateType'];

/** The uses of root certificates in the security whitepaper; those of ISO 15118 came with 2.0.1. */
export function isUse(use: string): use is Use {
  return use === 'CentralSystemRootCertificate' || use === 'ManufacturerRootCertificate';
}

export function noSuchUse(use: string): Translation {
  return {
    ok: false,
    kind: 'notSupported',
    reason: `OCPP 1.6 has no ${use}: certificates of ISO 15118 are for 2.0.1`,
  };
}
