import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installEnvoy, renderEnvoy, validateEnvoy } from '@ocpp-gw/rig';
import { ROOT } from '@ocpp-gw/rig/settings';
import { parse } from 'yaml';
import { GATEWAY } from './files.ts';
import { readCompose, type Service } from './testdata/compose-file.ts';

interface EnvoyFile {
  static_resources: {
    listeners: { name: string; address: { socket_address: { address: string; port_value: number } } }[];
  };
}

describe('Envoy of docker/compose.yaml', () => {
  let folder: string;
  const { services } = readCompose(GATEWAY);
  const job = services['envoy-config'] as Service;
  const envoy = services['envoy'] as Service;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'compose-envoy-'));
    const me = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
    const env = { ...process.env, ENVOY_OWNER: me, EDGE_OWNER: me };
    execFileSync('sh', [resolve(ROOT, 'docker/certificates.sh'), folder], { env });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has a configuration that the real Envoy takes, with the certificates that the job makes', async () => {
    await installEnvoy();
    const file = join(folder, 'envoy.yaml');
    writeFileSync(file, await renderEnvoy({ ...job.environment, ENVOY_TLS_DIR: join(folder, 'envoy') }));
    expect(await validateEnvoy(file)).toContain(`configuration '${file}' OK`);
  });

  it('listens where the ports of its container lead, and reads its certificates where they are mounted', async () => {
    const text = await renderEnvoy({ ...job.environment });
    const listeners = (parse(text) as EnvoyFile).static_resources.listeners.map(({ address: { socket_address } }) => [
      socket_address.address,
      String(socket_address.port_value),
    ]);
    // Readiness and metrics are for the container alone.
    expect(listeners.filter(([address]) => address !== '127.0.0.1')).toEqual(
      (envoy.ports ?? []).map((port) => ['0.0.0.0', port.split(':').at(-1)]),
    );
    expect(envoy.volumes).toContain('envoy-tls:/etc/envoy/tls:ro');
    expect(text).toContain('/etc/envoy/tls/rsa-key.pem');
    expect(text).toContain('"address":"ws-edge","port_value":9443');
  });
});
