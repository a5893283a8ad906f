import { BACKEND_PATHS, evCertificateAnswer, type evCertificateData } from '@ocpp-gw/contracts/backend';
import type { EvCertificateAnswer, EvCertificateQuery } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { z } from 'zod';
import type { AskBackend } from './backend-client.ts';

/** Gets contract certificates for vehicles through the backend (OCPP 2.0.1 M01, M02). Never rejects. */
export class EvCertificates {
  /** @param backend null when no backend accepts the call */
  constructor(
    private readonly backend: AskBackend | null,
    private readonly logger: Logger,
  ) {}

  async request(
    cpId: string,
    { iso15118SchemaVersion, action, exiRequest }: EvCertificateQuery,
  ): Promise<EvCertificateAnswer> {
    if (!this.backend) return { ok: false, reason: 'this operator issues no contract certificates' };
    const question: z.infer<typeof evCertificateData> = {
      iso15118_schema_version: iso15118SchemaVersion,
      action,
      exi_request: exiRequest,
    };
    try {
      const { status, exi_response } = await this.backend.ask(
        BACKEND_PATHS.evCertificate,
        cpId,
        question,
        evCertificateAnswer,
      );
      if (status === 'Accepted' && exi_response) return { ok: true, exiResponse: exi_response };
      return { ok: false, reason: 'the issuer of contract certificates refused' };
    } catch (err) {
      this.logger.warn('backend gave no contract certificate', { cpId, action, err });
      return { ok: false, reason: 'the issuer of contract certificates cannot be reached' };
    }
  }
}
