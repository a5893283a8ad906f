import { OCSPRequest, type CertID } from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Authority, Issued } from './certificates.ts';
import { ocspAnswer, ocspRefusal, type OcspStatus } from './ocsp-answer.ts';

const HOUR_MS = 3_600_000;

/** How answers differ from those of a sound responder. */
export interface OcspBehaviour {
  /** Who signs, and what the answer shows of the signers; the authority itself, shown, when absent. */
  signer?: Issued;
  certificates?: readonly string[];
  /** An hour ago when absent. */
  thisUpdate?: Date;
  /** In an hour when absent; null: none. */
  nextUpdate?: Date | null;
  /** Answers for another certificate. */
  otherCertificate?: boolean;
  /** One bit of the signature is turned. */
  tampered?: boolean;
  /** Says so instead of a status, e.g. 3 tryLater. */
  refusal?: number;
  /** Answers these bytes under this status. */
  raw?: { status: number; body: Buffer };
}

export interface OcspResponder {
  readonly url: string;
  /** Serial numbers asked for, hex without leading zeroes, oldest first. */
  readonly asked: readonly string[];
  /** What is said of a certificate from now on, by its serial number in hex; `good` of all others. */
  setStatus(serialNumber: string, status: OcspStatus): void;
  /** How it answers from now on; without an argument as at the start. */
  behave(behaviour?: OcspBehaviour): void;
  stop(): Promise<void>;
}

/** An OCSP responder (RFC 6960) of the authority, on a free port of this machine. */
export async function startOcspResponder(ca: Authority): Promise<OcspResponder> {
  const statuses = new Map<string, OcspStatus>();
  const asked: string[] = [];
  let behaviour: OcspBehaviour = {};

  const answer = (body: Buffer): { status: number; body: Buffer } => {
    const [request] = AsnConvert.parse(body, OCSPRequest).tbsRequest.requestList;
    if (!request) return { status: 400, body: Buffer.alloc(0) };
    const serial = hexOf(request.reqCert);
    asked.push(serial);
    if (behaviour.raw) return behaviour.raw;
    if (behaviour.refusal !== undefined) return { status: 200, body: ocspRefusal(behaviour.refusal) };
    return { status: 200, body: signed(request.reqCert, statuses.get(serial) ?? 'good', ca, behaviour) };
  };

  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((body) => {
      const response = answer(body);
      outgoing.writeHead(response.status, { 'content-type': 'application/ocsp-response' }).end(response.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    setStatus: (serialNumber, status) => void statuses.set(withoutZeroes(serialNumber), status),
    behave: (next = {}) => void (behaviour = next),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function signed(certId: CertID, status: OcspStatus, ca: Authority, behaviour: OcspBehaviour): Buffer {
  const { signer = ca, thisUpdate, nextUpdate, tampered = false } = behaviour;
  if (behaviour.otherCertificate) certId.serialNumber = Uint8Array.of(1, 2, 3).buffer;
  return ocspAnswer({
    certId,
    status,
    signer,
    tampered,
    certificates: behaviour.certificates ?? [signer.cert],
    thisUpdate: thisUpdate ?? new Date(Date.now() - HOUR_MS),
    nextUpdate: nextUpdate === undefined ? new Date(Date.now() + HOUR_MS) : nextUpdate,
  });
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function hexOf({ serialNumber }: CertID): string {
  return withoutZeroes(Buffer.from(serialNumber).toString('hex'));
}

function withoutZeroes(hex: string): string {
  return hex.toLowerCase().replace(/^0+(?=.)/, '');
}
