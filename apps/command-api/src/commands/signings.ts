import type { CertificateSigningRecord, StationMirror } from '@ocpp-gw/persistence';

/** A certificate that a charge point asked for and has not got. */
export interface OpenSigning {
  /** SubjectPublicKeyInfo, PEM. */
  publicKey: string | null;
}

/** What the certificate is for; 1.6 has the first only. */
export type SigningUse = 'ChargingStationCertificate' | 'V2GCertificate';

/** Injection token of {@link OpenSignings}. */
export const OPEN_SIGNINGS = Symbol('OPEN_SIGNINGS');

export interface OpenSignings {
  latestOpen(cpId: string, use: SigningUse): Promise<OpenSigning | null>;
}

/** A station has one open request for each use; older ones that were never answered lie behind it. */
const LOOK_BACK = 20;

export function openSignings(mirror: Pick<StationMirror, 'certificateSignings'>): OpenSignings {
  return {
    async latestOpen(cpId, use) {
      const signings = await mirror.certificateSignings(cpId, LOOK_BACK);
      const isOpen = ({ state, certificateType }: CertificateSigningRecord): boolean =>
        state === 'requested' && (certificateType ?? 'ChargingStationCertificate') === use;
      return signings.find(isOpen) ?? null;
    },
  };
}
