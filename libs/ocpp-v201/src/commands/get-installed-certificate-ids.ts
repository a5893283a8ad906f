import type { CertificatesSeenEffect } from '@ocpp-gw/ocpp-j';
import type { GetInstalledCertificateIdsResponse } from '#generated/messages.d.ts';
import { fromWireUse, hashOf, toWireUse } from './certificate.ts';
import { outbound } from './outbound.ts';

/** GetInstalledCertificateIds (OCPP 2.0.1 M03): no list of types asks for all. */
export const getInstalledCertificateIds = outbound('GetInstalledCertificateIds', 'GetInstalledCertificateIds', {
  toCall: ({ certificateTypes = [] }, checked) =>
    checked({
      certificateType: certificateTypes.length > 0 ? certificateTypes.map(toWireUse) : undefined,
    }),
  mirror: {
    answered: ({ certificateType }, answer) => [
      {
        kind: 'certificatesSeen',
        certificateTypes: certificateType?.map(fromWireUse),
        certificates: readCertificates(answer),
      },
    ],
  },
  readAnswer: (answer) => ({ certificates: readCertificates(answer) }),
});

/** The certificates of a chain one by one, all with the type of the chain. NotFound: the station has none of the types. */
export function readCertificates({
  status,
  certificateHashDataChain = [],
}: GetInstalledCertificateIdsResponse): CertificatesSeenEffect['certificates'] {
  if (status !== 'Accepted') return [];
  return certificateHashDataChain.flatMap(({ certificateType, certificateHashData, childCertificateHashData = [] }) =>
    [certificateHashData, ...childCertificateHashData].map((data) => ({
      ...hashOf(data),
      certificateType: fromWireUse(certificateType),
    })),
  );
}
