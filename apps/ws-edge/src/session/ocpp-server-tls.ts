import { ConfigError } from '@ocpp-gw/service-kit';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { TlsMaterial } from './ocpp-server-listener.ts';

/**
 * Reads the certificates of the TLS port; null when there is no TLS port.
 * @throws ConfigError naming every file that cannot be used, and its variable
 */
export function readTlsMaterial(config: Config): (TlsMaterial & { port: number }) | null {
  const port = config.EVEYS_OCPP_WS_TLS_PORT;
  if (port === undefined) return null;
  const problems: string[] = [];
  const read = (variable: string, file: string, check: (pem: string) => unknown, wanted: string): string => {
    try {
      const pem = readFileSync(file, 'utf8');
      check(pem);
      return pem;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      problems.push(`${variable}: ${file} must be ${wanted}, readable by this process (${why})`);
      return '';
    }
  };
  const certificate = (pem: string): X509Certificate => new X509Certificate(pem);
  const cert = config.EVEYS_OCPP_WS_TLS_CERT_FILES.map((file) =>
    read('EVEYS_OCPP_WS_TLS_CERT_FILES', file, certificate, 'a PEM certificate'),
  );
  const key = config.EVEYS_OCPP_WS_TLS_KEY_FILES.map((file, index) =>
    read(
      'EVEYS_OCPP_WS_TLS_KEY_FILES',
      file,
      (pem) => checkPair(pem, cert[index]),
      `the PEM key, without a passphrase, of ${config.EVEYS_OCPP_WS_TLS_CERT_FILES[index]}`,
    ),
  );
  const caFile = config.EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE;
  const ca =
    caFile === undefined
      ? undefined
      : read('EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE', caFile, certificate, 'one or more PEM certificates');
  if (problems.length > 0) throw new ConfigError(problems);
  const clientCertRequired = config.EVEYS_OCPP_WS_TLS_REQUIRE_CLIENT_CERT;
  return { port, cert, key, clientCertRequired, ...(ca === undefined ? {} : { ca }) };
}

/** An unreadable certificate has already been reported. */
function checkPair(key: string, cert: string | undefined): void {
  const privateKey = createPrivateKey(key);
  if (cert && !new X509Certificate(cert).checkPrivateKey(privateKey)) throw new Error('it is the key of another one');
}
