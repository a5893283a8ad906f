import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { Get15118EVCertificateRequest, Get15118EVCertificateResponse } from '#generated/messages.d.ts';
import { statusInfo } from './status-info.ts';

/**
 * Get15118EVCertificate, charging station to CSMS (OCPP 2.0.1 M01, M02).
 * A vehicle wants a contract certificate. Request and answer are EXI streams that pass through unread.
 */
export const get15118EvCertificate: ActionHandler<
  Get15118EVCertificateRequest,
  Get15118EVCertificateResponse,
  'evCertificate'
> = {
  lookups: ({ iso15118SchemaVersion, action, exiRequest }) => ({
    evCertificate: { iso15118SchemaVersion, action, exiRequest },
  }),
  decide(_request, facts) {
    const answer = answered(facts.evCertificate, 'evCertificate');
    return {
      reply: answer.ok
        ? { status: 'Accepted', exiResponse: answer.exiResponse }
        : { status: 'Failed', exiResponse: '', statusInfo: statusInfo('NoCertificate', answer.reason) },
      before: [],
    };
  },
};
