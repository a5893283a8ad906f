import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { transportOf } from './transport.ts';

interface Facts {
  proto?: string | string[];
  socket?: object;
}

const request = ({ proto, socket = {} }: Facts): IncomingMessage =>
  ({ headers: { 'x-forwarded-proto': proto }, socket }) as unknown as IncomingMessage;

/** As far as it is asked. */
const tlsSocket = (subject: object | undefined, authorized = true): object =>
  Object.create(TLSSocket.prototype, {
    authorized: { value: authorized },
    authorizationError: { value: authorized ? null : 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    getPeerCertificate: { value: () => (subject ? { subject } : {}) },
  }) as object;

describe('the transport', () => {
  it.each([
    [{}, 0, false],
    [{ proto: 'https' }, 0, false],
    [{ proto: 'https' }, 1, true],
    [{ proto: 'HTTPS' }, 1, true],
    [{ proto: 'wss' }, 2, true],
    [{ proto: 'http' }, 1, false],
    [{ proto: 'https, http' }, 1, false],
    [{ proto: ['https', 'http'] }, 1, false],
    [{ socket: tlsSocket(undefined) }, 0, true],
    [{ socket: tlsSocket(undefined) }, 1, true],
    [{ socket: tlsSocket(undefined), proto: 'http' }, 1, false],
  ])('of %j behind %i trusted proxies is TLS: %s', (facts, trustedHops, tls) => {
    expect(transportOf(request(facts), trustedHops).tls).toBe(tls);
  });

  it('has the name in the client certificate, and why it proves nothing', () => {
    const certificate = (socket: object): unknown => transportOf(request({ socket }), 0).clientCertificate;
    expect(certificate(tlsSocket({ CN: 'CP1' }))).toEqual({ commonName: 'CP1', fault: null });
    expect(certificate(tlsSocket({ CN: 'CP1' }, false))).toMatchObject({ fault: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(certificate(tlsSocket({ CN: ['CP1', 'CP2'] }))).toMatchObject({ commonName: '' });
    expect(certificate(tlsSocket(undefined))).toBeNull();
  });

  it("takes a proxy's certificate for nobody's", () => {
    const socket = tlsSocket({ CN: 'envoy' });
    expect(transportOf(request({ socket, proto: 'https' }), 1)).toEqual({ tls: true, clientCertificate: null });
  });
});
