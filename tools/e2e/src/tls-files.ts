import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, issue, makeCa } from '@ocpp-gw/testing';

/** The certificates of a ws-edge: one of RSA and one of EC, since the security profiles want suites of both. */
export interface TlsFiles {
  /** Issued them, and is trusted for the certificates of charge points. */
  ca: Authority;
  env: Record<string, string>;
  remove(): Promise<void>;
}

export async function makeTlsFiles(): Promise<TlsFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-tls-'));
  const write = async (name: string, pem: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, pem);
    return path;
  };
  const ca = await makeCa({ cn: 'e2e root', o: 'e2e' });
  const certFiles: string[] = [];
  const keyFiles: string[] = [];
  for (const kind of ['rsa2048', 'ec256'] as const) {
    const { cert, key } = await issue({ cn: 'localhost', o: 'e2e', ca, key: kind });
    certFiles.push(await write(`${kind}.pem`, cert));
    keyFiles.push(await write(`${kind}-key.pem`, key));
  }
  return {
    ca,
    env: {
      EVEYS_OCPP_WS_TLS_CERT_FILES: certFiles.join(','),
      EVEYS_OCPP_WS_TLS_KEY_FILES: keyFiles.join(','),
      EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE: await write('ca.pem', ca.cert),
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
