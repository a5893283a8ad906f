import { describe, expect, it } from '@jest/globals';
import { parserFault, targetOf, tlsFault } from './parser-fault.ts';

const fault = (code: string, raw?: Buffer | string): Error =>
  Object.assign(new Error('Parse Error'), { code, rawPacket: raw === undefined ? undefined : Buffer.from(raw) });

describe('parserFault', () => {
  it.each([
    ['a ClientHello', fault('HPE_INVALID_METHOD', Buffer.from([0x16, 3, 1, 2, 0, 1])), 400, 'tls_on_plain_port'],
    ['one of SSL 2', fault('HPE_INVALID_METHOD', Buffer.from([0x80, 46, 1, 3, 1])), 400, 'tls_on_plain_port'],
    ['HTTP/2', fault('HPE_INVALID_METHOD', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 400, 'http2'],
    ['PROXY protocol 1', fault('HPE_INVALID_METHOD', 'PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n'), 400, 'proxy_protocol'],
    ['PROXY protocol 2', fault('HPE_INVALID_METHOD', '\r\n\r\n\0\r\nQUIT\n'), 400, 'proxy_protocol'],
    ['long headers', fault('HPE_HEADER_OVERFLOW', 'GET /CP1 HTTP/1.1\r\n'), 431, 'headers_too_large'],
    ['slow headers', fault('ERR_HTTP_REQUEST_TIMEOUT'), 408, 'headers_too_slow'],
    ['a reset', fault('ECONNRESET'), 400, 'connection_reset'],
    ['garbage', fault('HPE_INVALID_METHOD', 'SSH-2.0-x\r\n'), 400, 'malformed_http'],
    ['nothing', new Error('?'), 400, 'malformed_http'],
  ])('F22 names %s', (_what, error, status, reason) => {
    expect(parserFault(error)).toMatchObject({ status, reason });
    expect(parserFault(error).detail).not.toBe('');
  });

  it('F22 says that the port has no TLS', () => {
    expect(parserFault(fault('HPE_INVALID_METHOD', Buffer.from([0x16, 3, 1]))).detail).toContain(
      'this port has no TLS',
    );
  });
});

describe('tlsFault', () => {
  it('F22 says that the port has TLS', () => {
    const refusal = tlsFault(fault('ERR_SSL_HTTP_REQUEST'));
    expect(refusal.reason).toBe('plain_on_tls_port');
    expect(refusal.detail).toContain('this port has TLS');
    expect(tlsFault(new Error('no shared cipher'))).toMatchObject({ reason: 'tls_failed', detail: 'no shared cipher' });
  });
});

describe('targetOf', () => {
  it.each([
    ['GET /CP1 HTTP/1.1\r\nhost: x', '/CP1'],
    ['\x16\x03\x01', undefined],
    ['', undefined],
  ])('F22 finds in %j %s', (raw, target) => {
    expect(targetOf(fault('X', raw))).toBe(target);
  });
});
