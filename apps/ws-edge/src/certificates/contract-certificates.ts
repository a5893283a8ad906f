import { X509Certificate } from 'node:crypto';
import type { ContractCertificateAnswer, ContractCertificateQuery, OcspAnswer, OcspQuery } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { issuedHash } from './certificate-hash.ts';
import { findPath } from './certificate-path.ts';
import type { AskOcsp } from './ocsp-client.ts';
import { certificatesIn } from './pem.ts';

type Status = ContractCertificateAnswer['status'];

/** Statuses from worst to best. For several certificates the worst status counts. */
const WORDS: readonly (readonly [OcspAnswer['status'], Status])[] = [
  ['revoked', 'CertificateRevoked'],
  // The certificate's own responder does not know it, so its issuer is not the one that it names.
  ['unknown', 'CertChainError'],
  ['unavailable', 'NoCertificateAvailable'],
  ['good', 'Accepted'],
];

/** Checks whether an ISO 15118 contract certificate is valid (OCPP 2.0.1 C07). Never rejects. */
export class ContractCertificates {
  constructor(
    private readonly ocsp: AskOcsp,
    private readonly anchors: readonly X509Certificate[],
    private readonly logger: Logger,
  ) {}

  async check(cpId: string, query: ContractCertificateQuery, now: Date): Promise<ContractCertificateAnswer> {
    const { status, reason } = await this.verdict(query, now);
    if (status !== 'Accepted') this.logger.info('contract certificate refused', { cpId, status, reason });
    return { status };
  }

  private async verdict(
    { certificate, hashes = [] }: ContractCertificateQuery,
    now: Date,
  ): Promise<{ status: Status; reason?: string }> {
    const ofHashes = hashes.map((query) => this.ocsp.ask(query));
    if (certificate === undefined) return worst(await Promise.all(ofHashes));
    const chain = this.path(certificate, now);
    if (!chain.ok) return chain;
    const { path } = chain;
    return worst([...(await Promise.all([...ofHashes, ...this.statuses(path)])), NOTHING_AGAINST_IT]);
  }

  private path(pem: string, now: Date): ReturnType<typeof findPath> {
    let certificates: X509Certificate[];
    try {
      certificates = certificatesIn(pem);
    } catch {
      certificates = [];
    }
    const [contract, ...others] = certificates;
    if (!contract) return { ok: false, status: 'CertChainError', reason: 'there is no PEM certificate in it' };
    return findPath(contract, others, this.anchors, now);
  }

  /** Asks for the status of every certificate of the path that names a responder. An anchor needs no check. */
  private statuses(path: readonly X509Certificate[]): Promise<OcspAnswer>[] {
    return path.flatMap((certificate, index) => {
      const issuer = path[index + 1];
      const responderUrl = responderOf(certificate);
      if (!issuer || responderUrl === undefined) return [];
      return [
        issuedHash(certificate, issuer).then((hash): Promise<OcspAnswer> => {
          const query: OcspQuery = { ...hash, responderUrl };
          return this.ocsp.ask(query, path.slice(index + 1));
        }),
      ];
    });
  }
}

const NOTHING_AGAINST_IT: OcspAnswer = { status: 'good', response: '' };

/** The worst of the answers. Without any answer nothing is known about the certificate. */
function worst(answers: readonly OcspAnswer[]): { status: Status; reason?: string } {
  for (const [status, word] of WORDS) {
    const answer = answers.find((each) => each.status === status);
    if (answer) return { status: word, reason: answer.status === 'unavailable' ? answer.reason : answer.status };
  }
  return { status: 'NoCertificateAvailable', reason: 'there is neither a certificate nor a hash' };
}

/** Authority information access, RFC 5280 4.2.2.1. */
function responderOf(certificate: X509Certificate): string | undefined {
  const { infoAccess } = certificate.toLegacyObject();
  return infoAccess?.['OCSP - URI']?.[0];
}
