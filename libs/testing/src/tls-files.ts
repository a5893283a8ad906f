import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, issue, makeCa } from './certificates.ts';

const SERVER_NAME = 'localhost';

/** The common name of Envoy's certificate towards the pods. */
export const PROXY_NAME = 'ENVOY';

/** Certificates by the names that docker/envoy/envoy.yaml expects, with a root of their own. */
export interface TlsFiles {
  /** Issued them, and is trusted for the certificates of charge points. */
  ca: Authority;
  folder: string;
  /** The name in the certificates of Envoy and of the pods. */
  serverName: string;
  /** What gives a ws-edge a TLS port. */
  edgeEnv: Record<string, string>;
  /** What keeps everybody but Envoy from it (docs/envoy.md). */
  behindEnvoyEnv: Record<string, string>;
  remove(): Promise<void>;
}

export async function makeTlsFiles(): Promise<TlsFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-tls-'));
  const ca = await makeCa({ cn: 'test root', o: 'test' });
  const write = async (name: string, pem: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, pem);
    return path;
  };
  // One of RSA and one of EC, since the security profiles want suites of both.
  const issued = {
    rsa: await issue({ cn: SERVER_NAME, o: 'test', ca, key: 'rsa2048' }),
    ec: await issue({ cn: SERVER_NAME, o: 'test', ca }),
    client: await issue({ cn: PROXY_NAME, ca }),
  };
  for (const [name, { cert, key }] of Object.entries(issued)) {
    await write(`${name}.pem`, cert);
    await write(`${name}-key.pem`, key);
  }
  const caFile = await write('edge-ca.pem', ca.cert);
  return {
    ca,
    folder,
    serverName: SERVER_NAME,
    edgeEnv: {
      EVEYS_OCPP_WS_TLS_CERT_FILES: ['rsa', 'ec'].map((name) => join(folder, `${name}.pem`)).join(','),
      EVEYS_OCPP_WS_TLS_KEY_FILES: ['rsa', 'ec'].map((name) => join(folder, `${name}-key.pem`)).join(','),
      EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE: caFile,
    },
    behindEnvoyEnv: {
      EVEYS_OCPP_WS_PLAIN: 'false',
      EVEYS_OCPP_WS_TLS_REQUIRE_CLIENT_CERT: 'true',
      EVEYS_OCPP_WS_TRUSTED_PROXY_HOPS: '1',
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
