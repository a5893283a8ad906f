import { demand } from '@ocpp-gw/ocpp-j';
import { hashOf } from './certificate.ts';
import { toWireToken } from './id-token.ts';
import { outbound } from './outbound.ts';
import { reportRequested } from './report-requested.ts';

/** CustomerInformation (OCPP 2.0.1 N09, N10). */
export const customerInformation = outbound('CustomerInformation', 'CustomerInformation', {
  toCall(command, checked) {
    const { ocppRequestId, report, clear, customerIdentifier, idToken, idTokenType, customerCertificate } = command;
    const names = [customerIdentifier, idToken, customerCertificate].filter((name) => name !== undefined);
    return checked(
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
  },
  mirror: {
    answered: ({ requestId, report }, answer) =>
      report ? reportRequested('CustomerInformation', requestId, answer) : [],
  },
});
