import type { X509Certificate } from 'node:crypto';
import type { OcspAnswer, OcspQuery } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { type Agent, request } from 'undici';
import { ExpiringCache } from '../handshake/expiring-cache.ts';
import { OcspError } from './errors.ts';
import { certIdOf, encodeOcspRequest } from './ocsp-request.ts';
import { readOcspResponse } from './ocsp-response.ts';
import { createResponderAgent } from './responder-agent.ts';

const REMEMBERED_ANSWERS = 2_000;

export interface OcspClientOptions {
  allowPrivate: boolean;
  timeoutMs: number;
  /** Trust anchors of responders. For an empty list see {@link OcspTrust}. */
  anchors: readonly X509Certificate[];
  /** Called with the outcome of each request to a responder, for the metrics. */
  observe: (outcome: OcspAnswer['status'], seconds: number) => void;
  logger: Logger;
}

/** Asks for the status of a certificate. Specs implement it with fakes. */
export type AskOcsp = Pick<OcspClient, 'ask'>;

/** Asks OCSP responders over HTTP POST (RFC 6960 appendix A). Never rejects. */
export class OcspClient {
  private readonly agent: Agent;
  private readonly answers = new ExpiringCache<OcspAnswer>(REMEMBERED_ANSWERS, () => Date.now());

  constructor(private readonly options: OcspClientOptions) {
    this.agent = createResponderAgent(options);
  }

  /** @param chain certificates on the path from the certificate to its anchor */
  async ask(query: OcspQuery, chain: readonly X509Certificate[] = []): Promise<OcspAnswer> {
    const key = JSON.stringify(query);
    const known = this.answers.get(key);
    if (known) return known;
    const startedAt = performance.now();
    const { answer, ttlMs } = await this.askAnew(query, chain);
    if (ttlMs > 0) this.answers.set(key, answer, ttlMs);
    this.options.observe(answer.status, (performance.now() - startedAt) / 1000);
    return answer;
  }

  async stop(): Promise<void> {
    await this.agent.destroy();
  }

  private async askAnew(
    query: OcspQuery,
    chain: readonly X509Certificate[],
  ): Promise<{ answer: OcspAnswer; ttlMs: number }> {
    try {
      const certId = certIdOf(query);
      const response = await this.post(urlOf(query.responderUrl), encodeOcspRequest(certId));
      const now = new Date();
      const trust = { chain, anchors: this.options.anchors };
      const { status, goodUntil } = await readOcspResponse(response, { certId, query }, trust, now);
      // An unknown certificate may be issued within the next minute, so the answer is not kept.
      const ttlMs = status === 'unknown' || goodUntil === null ? 0 : goodUntil.getTime() - now.getTime();
      return { answer: { status, response: response.toString('base64') }, ttlMs };
    } catch (err) {
      const { responderUrl } = query;
      this.options.logger.warn('status of a certificate is not known', { responderUrl, err });
      // The answer goes to a charge point, which must learn nothing more about our network.
      const reason = err instanceof OcspError ? err.message : 'the responder cannot be reached';
      return { answer: { status: 'unavailable', reason }, ttlMs: 0 };
    }
  }

  private async post(url: URL, body: Buffer): Promise<Buffer> {
    const { statusCode, body: answer } = await request(url, {
      method: 'POST',
      dispatcher: this.agent,
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      body,
      signal: AbortSignal.timeout(this.options.timeoutMs),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (statusCode === 200) return bytes;
    throw new OcspError(`the responder answered HTTP ${statusCode}`);
  }
}

function urlOf(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new OcspError('the address of the responder is no http or https URL');
}
