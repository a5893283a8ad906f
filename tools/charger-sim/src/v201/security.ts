import { readCertificate } from '../certificate-store.ts';
import type { Answers } from './station.ts';

/** Certificates (OCPP 2.0.1 A02, M03 to M05). */
export const security = {
  CertificateSigned: (station, { certificateChain }) => {
    if (readCertificate(certificateChain)) return { payload: { status: 'Accepted' } };
    return {
      payload: { status: 'Rejected' },
      after: async () => {
        await station.charger.notify(station.securityEvent('InvalidChargingStationCertificate'));
      },
    };
  },

  DeleteCertificate: ({ certificates }, { certificateHashData }) => ({
    payload: { status: certificates.remove(certificateHashData) ? 'Accepted' : 'NotFound' },
  }),

  GetInstalledCertificateIds: ({ certificates }, { certificateType }) => {
    const [first, ...rest] = certificates
      .list(certificateType?.filter((type) => type !== 'V2GCertificateChain'))
      .map(({ use, hashData }) => ({ certificateType: use, certificateHashData: hashData }));
    return {
      payload: first ? { status: 'Accepted', certificateHashDataChain: [first, ...rest] } : { status: 'NotFound' },
    };
  },

  InstallCertificate: (station, { certificateType, certificate }) => {
    if (station.certificates.install(certificateType, certificate)) return { payload: { status: 'Accepted' } };
    return {
      payload: { status: 'Rejected' },
      after: async () => {
        await station.charger.notify(station.securityEvent('InvalidCsmsCertificate'));
      },
    };
  },
} satisfies Partial<Answers>;
