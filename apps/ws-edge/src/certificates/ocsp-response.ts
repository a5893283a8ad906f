import { X509Certificate } from 'node:crypto';
import type { CertificateHash } from '@ocpp-gw/contracts';
import {
  BasicOCSPResponse,
  OCSPResponse,
  OCSPResponseStatus,
  id_pkix_ocsp_basic,
  type CertID,
  type CertStatus,
  type SingleResponse,
} from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import { firstElement } from './der.ts';
import { OcspError } from './errors.ts';
import { sameCertId } from './ocsp-request.ts';
import { signerObjection, type OcspTrust } from './ocsp-signer.ts';
import { isSignedBy } from './signature.ts';

/** Clocks of responders differ from ours. */
const SKEW_MS = 5 * 60_000;
/**
 * How long an answer without a next update may be kept. By its own claim it is up to date only at the moment it was
 * signed.
 */
const UNDATED_MS = 24 * 3_600_000;

export interface OcspVerdict {
  status: 'good' | 'revoked' | 'unknown';
  /** Until when the answer may be kept; null when it must be requested again each time. */
  goodUntil: Date | null;
}

/**
 * Reads an OCSPResponse and checks all that a client must (RFC 6960 3.2): the certificate asked for, who signed, and when.
 * @throws OcspError when it cannot be used
 */
export async function readOcspResponse(
  der: Buffer,
  asked: { certId: CertID; query: CertificateHash },
  trust: OcspTrust,
  now: Date,
): Promise<OcspVerdict> {
  const { bytes, basic } = parse(der);
  const single = basic.tbsResponseData.responses.find(({ certID }) => sameCertId(certID, asked.certId));
  if (!single) throw new OcspError('the responder answered for another certificate');
  const timeliness = timeObjection(single, now);
  if (timeliness !== null) throw new OcspError(timeliness);
  await checkSignature(bytes, basic, asked.query, trust, now);
  return { status: statusOf(single.certStatus), goodUntil: single.nextUpdate ?? null };
}

function parse(der: Buffer): { bytes: Buffer; basic: BasicOCSPResponse } {
  const { responseStatus, responseBytes } = parsed(() => AsnConvert.parse(der, OCSPResponse));
  if (responseStatus !== OCSPResponseStatus.successful)
    throw new OcspError(`the responder answered ${OCSPResponseStatus[responseStatus] ?? responseStatus}`);
  if (responseBytes?.responseType !== id_pkix_ocsp_basic)
    throw new OcspError('the responder answered in a form that is not known');
  const bytes = Buffer.from(responseBytes.response.buffer);
  return { bytes, basic: parsed(() => AsnConvert.parse(bytes, BasicOCSPResponse)) };
}

function timeObjection({ thisUpdate, nextUpdate }: SingleResponse, now: Date): string | null {
  const at = now.getTime();
  if (thisUpdate.getTime() > at + SKEW_MS) return 'the answer of the responder is of the future';
  const until = nextUpdate ? nextUpdate.getTime() + SKEW_MS : thisUpdate.getTime() + UNDATED_MS;
  return until < at ? 'the answer of the responder is out of date' : null;
}

async function checkSignature(
  bytes: Buffer,
  { signatureAlgorithm, signature, certs = [] }: BasicOCSPResponse,
  query: CertificateHash,
  trust: OcspTrust,
  now: Date,
): Promise<void> {
  const shown = parsed(() => certs.map((cert) => new X509Certificate(Buffer.from(AsnConvert.serialize(cert)))));
  const signed = parsed(() => firstElement(bytes));
  const signer = [...shown, ...trust.chain, ...trust.anchors].find(({ publicKey }) =>
    isSignedBy(publicKey, signatureAlgorithm.algorithm, signed, Buffer.from(signature)),
  );
  if (!signer) throw new OcspError('the answer is signed by nobody known, or not at all');
  const objection = await signerObjection(signer, shown, query, trust, now);
  if (objection !== null) throw new OcspError(objection);
}

function statusOf({ good, revoked }: CertStatus): OcspVerdict['status'] {
  if (revoked !== undefined) return 'revoked';
  return good === undefined ? 'unknown' : 'good';
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new OcspError('the responder answered no OCSP response that can be read', { cause });
  }
}
