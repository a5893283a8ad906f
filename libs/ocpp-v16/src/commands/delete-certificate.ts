import { outbound } from './outbound.ts';

/** DeleteCertificate (security whitepaper, M04). The hash is sent back as the charge point reported it (TC_076). */
export const deleteCertificate = outbound('DeleteCertificate', 'DeleteCertificate', {
  toCall(command, checked) {
    const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = command;
    return checked({
      certificateHashData: { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber },
    });
  },
  mirror: {
    // NotFound: the charge point has no such certificate.
    answered: ({ certificateHashData }, { status }) =>
      status === 'Failed' ? [] : [{ kind: 'certificateDeleted', certificate: certificateHashData }],
  },
});
