import type { CommandOf, TypedKind } from '@ocpp-gw/contracts';
import type { RequestFault } from '../problems/members.ts';
import { checkCertificateChain, checkRootCertificate, checkSigningCertificate } from './certificate-checks.ts';
import { checkEnd, checkLogPeriod, checkMessageTimes, checkProfileTimes } from './time-checks.ts';
import type { OpenSigning, SigningUse } from './signings.ts';

/** What a check of meaning may need to know. */
export interface CheckFacts {
  now: Date;
  /** The latest request of the charge point for a certificate of this use that waits for its answer. */
  openSigning(use: SigningUse): Promise<OpenSigning | null>;
}

type Check<K extends TypedKind> = (
  command: CommandOf<K>,
  facts: CheckFacts,
) => RequestFault[] | Promise<RequestFault[]>;

/** What no schema shows. A payload in one protocol's eyes is judged by ws-edge, which knows the protocol. */
export const CHECKS: { readonly [K in TypedKind]?: Check<K> } = {
  ReserveNow: ({ expiresAt }, { now }) => checkEnd('/expires_at', expiresAt, now),
  SetDisplayMessage: ({ message }, { now }) => checkMessageTimes(message, now),
  SetChargingProfile: ({ chargingProfile }, { now }) => checkProfileTimes(chargingProfile, now),
  RemoteStart: ({ chargingProfile }, { now }) => checkProfileTimes(chargingProfile, now),
  GetLog: checkLogPeriod,
  GetDiagnostics: checkLogPeriod,
  InstallCertificate: ({ certificate }, { now }) => checkRootCertificate(certificate, now),
  SignedUpdateFirmware: ({ signingCertificate }, { now }) => checkSigningCertificate(signingCertificate, now),
  CertificateSigned: async ({ certificateChain, certificateType = 'ChargingStationCertificate' }, facts) =>
    checkCertificateChain(certificateChain, { now: facts.now, signing: await facts.openSigning(certificateType) }),
};
