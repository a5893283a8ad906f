import {
  BasicOCSPResponse,
  type CertID,
  CertStatus,
  OCSPResponse,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
  id_pkix_ocsp_basic,
} from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509';
import { X509Certificate, createPrivateKey, sign } from 'node:crypto';
import type { Issued } from './certificates.ts';

export type OcspStatus = 'good' | 'revoked' | 'unknown';

export interface OcspAnswerFacts {
  certId: CertID;
  status: OcspStatus;
  thisUpdate: Date;
  nextUpdate: Date | null;
  signer: Issued;
  /** Shown in the answer, PEM. */
  certificates: readonly string[];
  /** One bit of the signature is turned. */
  tampered: boolean;
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  ec: '1.2.840.10045.4.3.2',
  rsa: '1.2.840.113549.1.1.11',
};

/** A signed OCSPResponse (RFC 6960 4.2.1), DER. */
export function ocspAnswer({ certId, status, thisUpdate, nextUpdate, signer, ...shown }: OcspAnswerFacts): Buffer {
  const { certificates, tampered } = shown;
  const key = createPrivateKey(signer.key);
  const tbsResponseData = new ResponseData({
    responderID: new ResponderID({ byName: parse(signer.cert).tbsCertificate.subject }),
    producedAt: thisUpdate,
    responses: [
      new SingleResponse({
        certID: certId,
        certStatus: certStatus(status, thisUpdate),
        thisUpdate,
        ...(nextUpdate === null ? {} : { nextUpdate }),
      }),
    ],
  });
  const signature = sign('SHA256', Buffer.from(AsnConvert.serialize(tbsResponseData)), key);
  if (tampered) signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: ALGORITHMS[key.asymmetricKeyType ?? ''] ?? '' }),
    signature: new Uint8Array(signature).buffer,
    ...(certificates.length === 0 ? {} : { certs: certificates.map(parse) }),
  });
  return encode(
    new OCSPResponse({
      responseBytes: new ResponseBytes({
        responseType: id_pkix_ocsp_basic,
        response: new OctetString(AsnConvert.serialize(basic)),
      }),
    }),
  );
}

/** An OCSPResponse that says why there is none, such as 3 tryLater, DER. */
export function ocspRefusal(responseStatus: number): Buffer {
  return encode(new OCSPResponse({ responseStatus }));
}

function certStatus(status: OcspStatus, at: Date): CertStatus {
  if (status === 'revoked') return new CertStatus({ revoked: new RevokedInfo({ revocationTime: at }) });
  return new CertStatus({ [status]: null });
}

function parse(pem: string): Certificate {
  return AsnConvert.parse(new X509Certificate(pem).raw, Certificate);
}

function encode(response: OCSPResponse): Buffer {
  return Buffer.from(AsnConvert.serialize(response));
}
