import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect, createServer } from 'node:tls';
import { ROOT } from '@ocpp-gw/rig/settings';

const SCRIPT = resolve(ROOT, 'docker/certificates.sh');

describe('docker/certificates.sh', () => {
  let folder: string;
  const me = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const make = (names: string): string =>
    execFileSync('sh', [SCRIPT, folder], {
      env: { ...process.env, OCPP_GW_TLS_NAMES: names, ENVOY_OWNER: me, EDGE_OWNER: me },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const read = (file: string): Buffer => readFileSync(join(folder, file));
  const certificate = (file: string): X509Certificate => new X509Certificate(read(file));

  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'certificates-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('issues what docker/envoy/envoy.yaml and a pod expect, each side from its own authority', () => {
    make('csms.example,10.0.0.7');
    for (const [file, authority, name] of [
      ['envoy/rsa.pem', 'envoy/ca.pem', 'csms.example'],
      ['envoy/ec.pem', 'envoy/ca.pem', 'csms.example'],
      ['envoy/client.pem', 'envoy/edge-ca.pem', 'envoy'],
      ['edge/edge.pem', 'edge/edge-ca.pem', 'ws-edge'],
    ] as const) {
      expect(certificate(file).checkIssued(certificate(authority))).toBe(true);
      expect(certificate(file).verify(certificate(authority).publicKey)).toBe(true);
      expect(certificate(file).checkHost(name)).toBe(name);
    }
    expect(certificate('envoy/rsa.pem').publicKey.asymmetricKeyType).toBe('rsa');
    expect(certificate('envoy/ec.pem').publicKey.asymmetricKeyType).toBe('ec');
    expect(certificate('envoy/ec.pem').checkIP('10.0.0.7')).toBe('10.0.0.7');
    expect(certificate('envoy/client.pem').checkIssued(certificate('envoy/ca.pem'))).toBe(false);
    for (const key of ['envoy/rsa-key.pem', 'envoy/client-key.pem', 'edge/edge-key.pem'])
      expect(statSync(join(folder, key)).mode & 0o777).toBe(0o400);
  });

  it('keeps what is good, and its authority when the names change', () => {
    make('one.example');
    const before = ['envoy/ca.pem', 'envoy/ec.pem', 'edge/edge.pem'].map(read);
    expect(make('one.example')).toBe('certificates are current\n');
    expect(['envoy/ca.pem', 'envoy/ec.pem', 'edge/edge.pem'].map(read)).toEqual(before);
    expect(make('two.example')).toContain('envoy/ec: new, for ');
    expect(read('envoy/ca.pem')).toEqual(before[0]);
    expect(certificate('envoy/ec.pem').checkHost('two.example')).toBe('two.example');
    expect(read('edge/edge.pem')).toEqual(before[2]);
  });

  it('takes certificates that are given, both of them, and issues its own again when they are gone', () => {
    make('localhost');
    const own = join(folder, 'own');
    cpSync(join(folder, 'envoy'), own, { recursive: true });
    rmSync(join(folder, 'authorities'), { recursive: true });
    expect(make('localhost')).toContain('envoy/rsa: of own/\nenvoy/ec: of own/\n');
    expect(read('envoy/rsa.pem')).toEqual(read('own/rsa.pem'));
    expect(read('envoy/ec-key.pem')).toEqual(read('own/ec-key.pem'));
    rmSync(join(own, 'ec.pem'));
    expect(() => make('localhost')).toThrow('own/ec.pem');
    rmSync(own, { recursive: true });
    expect(make('localhost')).toContain('envoy/rsa: new, for ');
    expect(certificate('envoy/rsa.pem').checkIssued(certificate('envoy/ca.pem'))).toBe(true);
  });

  it('lets Envoy in to a pod by mutual TLS, and nobody who has no certificate', async () => {
    make('localhost');
    const server = createServer({
      cert: read('edge/edge.pem'),
      key: read('edge/edge-key.pem'),
      ca: read('edge/edge-ca.pem'),
      requestCert: true,
      minVersion: 'TLSv1.3',
    }).listen(0, '127.0.0.1');
    server.on('secureConnection', (socket) => socket.end('hello'));
    server.on('tlsClientError', () => undefined);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const options = { port, host: '127.0.0.1', servername: 'ws-edge', ca: read('envoy/edge-ca.pem') };
    const envoy = connect({ ...options, cert: read('envoy/client.pem'), key: read('envoy/client-key.pem') });
    expect(String((await once(envoy, 'data'))[0])).toBe('hello');
    expect(envoy.authorized).toBe(true);
    envoy.destroy();
    const [error] = (await once(connect(options), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
    server.close();
  });
});
