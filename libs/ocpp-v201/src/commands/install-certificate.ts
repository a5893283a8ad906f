import { fromWireUse, toWireUse } from './certificate.ts';
import { outbound } from './outbound.ts';

/** InstallCertificate (OCPP 2.0.1 M05). */
export const installCertificate = outbound('InstallCertificate', 'InstallCertificate', {
  toCall: ({ certificateType, certificate }, checked) =>
    checked({ certificateType: toWireUse(certificateType), certificate }),
  mirror: {
    answered: ({ certificateType, certificate }, { status }) =>
      status === 'Accepted'
        ? [{ kind: 'certificateInstalled', certificateType: fromWireUse(certificateType), certificate }]
        : [],
  },
});
