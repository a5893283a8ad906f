import { hashOf } from './certificate.ts';
import { outbound } from './outbound.ts';

/** DeleteCertificate (OCPP 2.0.1 M04). The hash is sent back as the station reported it (TC_M_20). */
export const deleteCertificate = outbound('DeleteCertificate', 'DeleteCertificate', {
  toCall: (command, checked) => checked({ certificateHashData: hashOf(command) }),
  mirror: {
    // NotFound: the station has no such certificate.
    answered: ({ certificateHashData }, { status }) =>
      status === 'Failed' ? [] : [{ kind: 'certificateDeleted', certificate: hashOf(certificateHashData) }],
  },
});
