import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { issue, makeCa } from '@ocpp-gw/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '../config.ts';
import { readTlsMaterial } from './ocpp-server-tls.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ocpp-tls-'));
  const ca = await makeCa({ cn: 'Root' });
  const server = await issue({ cn: 'csms', ca });
  const files = { cert: server.cert, key: server.key, other: ca.key, ca: ca.cert, junk: 'junk' };
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
});

afterAll(() => rm(folder, { recursive: true }));

const TLS = { EVEYS_OCPP_WS_TLS_PORT: '9443' };

function read(env: NodeJS.ProcessEnv): ReturnType<typeof readTlsMaterial> {
  const inFolder = Object.entries(env).map(([name, file]) => [
    name,
    name.endsWith('_PORT') ? file : join(folder, file ?? ''),
  ]);
  return readTlsMaterial(loadConfig(configSchema, Object.fromEntries(inFolder) as NodeJS.ProcessEnv));
}

describe('the files of the TLS port', () => {
  it('are none where there is no such port', () => {
    expect(read({})).toBeNull();
  });

  it('are read', () => {
    const material = read({
      ...TLS,
      EVEYS_OCPP_WS_TLS_CERT_FILES: 'cert',
      EVEYS_OCPP_WS_TLS_KEY_FILES: 'key',
      EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE: 'ca',
    });
    const pem: unknown = expect.stringContaining('-----BEGIN');
    expect(material).toEqual({ port: 9443, cert: [pem], key: [pem], ca: pem, clientCertRequired: false });
  });

  it.each([
    ['cert', 'other', undefined, /_KEY_FILES: .*other must be the PEM key.*key of another/],
    ['cert', 'none', undefined, /_KEY_FILES: .*none must be the PEM key.*no such file/],
    ['junk', 'key', undefined, /_CERT_FILES: .*junk must be a PEM certificate/],
    ['cert', 'key', 'junk', /_CLIENT_CA_FILE: .*junk must be one or more PEM certificates/],
    ['junk', 'junk', 'junk', /_CERT_FILES: .*_KEY_FILES: .*_CLIENT_CA_FILE: /s],
  ])('stop the boot where they are %s, %s and %s, each by its variable', (cert, key, ca, problem) => {
    const run = (): unknown =>
      read({
        ...TLS,
        EVEYS_OCPP_WS_TLS_CERT_FILES: cert,
        EVEYS_OCPP_WS_TLS_KEY_FILES: key,
        ...(ca === undefined ? {} : { EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE: ca }),
      });
    expect(run).toThrow(ConfigError);
    expect(run).toThrow(problem);
  });
});
