import type { CustomerInformation } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { hashOf } from './certificate.ts';
import { checked, demand } from './checked.ts';
import { toWireToken } from './id-token.ts';
import type { MirrorOf } from './mirror.ts';
import { reportRequested } from './report-requested.ts';

/** CustomerInformation (OCPP 2.0.1 N09, N10). */
export function customerInformation(command: CustomerInformation): Translation {
  const { ocppRequestId, report, clear, customerIdentifier, idToken, idTokenType, customerCertificate } = command;
  const names = [customerIdentifier, idToken, customerCertificate].filter((name) => name !== undefined);
  return checked(
    'CustomerInformation',
    {
      requestId: ocppRequestId,
      report,
      clear,
      customerIdentifier,
      idToken: idToken === undefined ? undefined : toWireToken(idToken, idTokenType),
      customerCertificate: customerCertificate && hashOf(customerCertificate),
    },
    [
      ...demand(
        names.length === 1,
        '',
        'must name the customer in one way: customerIdentifier, idToken or customerCertificate',
      ),
      ...demand(report || clear, '', 'must ask for something: report or clear must be true'),
    ],
  );
}

export const customerInformationMirror = {
  answered: ({ requestId, report }, answer) =>
    report ? reportRequested('CustomerInformation', requestId, answer) : [],
} satisfies MirrorOf<'CustomerInformation'>;
