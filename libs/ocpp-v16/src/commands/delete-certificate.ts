import { outbound } from './outbound.ts';

/** DeleteCertificate (security whitepaper, M04). The hash is given back as the charge point told it (TC_076). */
export const deleteCertificate = outbound('DeleteCertificate', 'DeleteCertificate', {
  toCall(command, checked) {
    const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = command;
    return checked({
      certificateHashData: { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber },
    });
  },
  mirror: {
    // NotFound: the charge point has none such.
    answered: ({ certificateHashData }, { status }) =>
      status === 'Failed' ? [] : [{ kind: 'certificateDeleted', certificate: certificateHashData }],
  },
});
