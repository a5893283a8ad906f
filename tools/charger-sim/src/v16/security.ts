import { readCertificate } from '../certificate-store.ts';
import type { Answers } from './station.ts';

/** Certificates (security whitepaper A02, M03 to M05). */
export const security = {
  CertificateSigned: (station, { certificateChain }) => {
    if (readCertificate(certificateChain)) return { payload: { status: 'Accepted' } };
    return {
      payload: { status: 'Rejected' },
      after: async () => {
        await station.charger.notify(station.securityEvent('InvalidChargePointCertificate'));
      },
    };
  },

  DeleteCertificate: ({ certificates }, { certificateHashData }) => ({
    payload: { status: certificates.remove(certificateHashData) ? 'Accepted' : 'NotFound' },
  }),

  GetInstalledCertificateIds: ({ certificates }, { certificateType }) => {
    const found = certificates.list([certificateType]).map(({ hashData }) => hashData);
    return {
      payload: found.length > 0 ? { status: 'Accepted', certificateHashData: found } : { status: 'NotFound' },
    };
  },

  InstallCertificate: (station, { certificateType, certificate }) => {
    if (station.certificates.install(certificateType, certificate)) return { payload: { status: 'Accepted' } };
    return {
      payload: { status: 'Rejected' },
      after: async () => {
        await station.charger.notify(station.securityEvent('InvalidCentralSystemCertificate'));
      },
    };
  },
} satisfies Partial<Answers>;
