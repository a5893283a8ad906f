import type { StationMirror } from '@ocpp-gw/persistence';

/** A certificate that a charge point asked for and has not got. */
export interface OpenSigning {
  /** SubjectPublicKeyInfo, PEM. */
  publicKey: string | null;
}

/** Injection token of {@link OpenSignings}. */
export const OPEN_SIGNINGS = Symbol('OPEN_SIGNINGS');

export interface OpenSignings {
  latestOpen(cpId: string): Promise<OpenSigning | null>;
}

/** A station has one open request; older ones that were never answered lie behind it. */
const LOOK_BACK = 20;

export function openSignings(mirror: Pick<StationMirror, 'certificateSignings'>): OpenSignings {
  return {
    async latestOpen(cpId) {
      const signings = await mirror.certificateSignings(cpId, LOOK_BACK);
      return signings.find(({ state }) => state === 'requested') ?? null;
    },
  };
}
