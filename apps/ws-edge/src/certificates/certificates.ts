import { readFileSync } from 'node:fs';
import type { X509Certificate } from 'node:crypto';
import { ConfigError, type Logger } from '@ocpp-gw/service-kit';
import type { Config } from '../config.ts';
import type { EdgeMetrics } from '../metrics.ts';
import { ContractCertificates } from './contract-certificates.ts';
import { OcspClient } from './ocsp-client.ts';
import { certificatesIn } from './pem.ts';

/** Answers the questions of charge points about certificates of ISO 15118. */
export class Certificates {
  readonly ocsp: OcspClient;
  readonly contracts: ContractCertificates;

  /** @throws ConfigError when the file of trusted certificates cannot be used */
  constructor(config: Config, metrics: EdgeMetrics, logger: Logger) {
    const anchors = readAnchors(config.EVEYS_OCPP_ISO15118_ROOTS_FILE);
    this.ocsp = new OcspClient({
      allowPrivate: config.EVEYS_OCPP_OCSP_ALLOW_PRIVATE_RESPONDERS,
      timeoutMs: config.EVEYS_OCPP_OCSP_TIMEOUT_S * 1000,
      anchors,
      observe: (outcome, seconds) => metrics.ocspSeconds.observe({ outcome }, seconds),
      logger,
    });
    this.contracts = new ContractCertificates(this.ocsp, anchors, logger);
  }

  async stop(): Promise<void> {
    await this.ocsp.stop();
  }
}

function readAnchors(file: string | undefined): X509Certificate[] {
  if (file === undefined) return [];
  let problem = 'it holds none';
  try {
    const certificates = certificatesIn(readFileSync(file, 'utf8'));
    if (certificates.length > 0) return certificates;
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  throw new ConfigError([
    `EVEYS_OCPP_ISO15118_ROOTS_FILE: ${file} must hold PEM certificates, readable by this process (${problem})`,
  ]);
}
