import { isUse, noSuchUse } from './certificate-use.ts';
import { outbound } from './outbound.ts';

/** InstallCertificate (security whitepaper, M05). */
export const installCertificate = outbound('InstallCertificate', 'InstallCertificate', {
  toCall: ({ certificateType, certificate }, checked) =>
    isUse(certificateType) ? checked({ certificateType, certificate }) : noSuchUse(certificateType),
  mirror: {
    answered: ({ certificateType, certificate }, { status }) =>
      status === 'Accepted' ? [{ kind: 'certificateInstalled', certificateType, certificate }] : [],
  },
});
