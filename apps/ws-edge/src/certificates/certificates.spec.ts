import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { makeCa } from '@ocpp-gw/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { configSchema } from '../config.ts';
import { createEdgeMetrics } from '../metrics.ts';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { Certificates } from './certificates.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roots-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function make(text: string | null): Certificates {
  const file = join(folder, 'roots.pem');
  if (text === null) rmSync(file, { force: true });
  else writeFileSync(file, text);
  const config = loadConfig(configSchema, {
    EVEYS_OCPP_DB_URL: 'postgres://u@h/d',
    EVEYS_OCPP_REDIS_URL: 'redis://h',
    EVEYS_OCPP_KAFKA_BROKERS: 'h:1',
    EVEYS_OCPP_ISO15118_ROOTS_FILE: file,
  });
  return new Certificates(config, createEdgeMetrics(new Registry()), recordingLogger());
}

describe(Certificates.name, () => {
  it('reads the certificates to trust', async () => {
    const [one, other] = await Promise.all([makeCa({ cn: 'V2G root' }), makeCa({ cn: 'MO root' })]);
    const sut = make(`# V2G\n${one.cert}\n# MO\n${other.cert}`);
    expect((await sut.contracts.check('CP1', { certificate: other.cert }, new Date())).status).toBe('Accepted');
    await sut.stop();
  });

  it.each([null, '', 'none', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'does not start with a file of %j',
    (text) => {
      expect(() => make(text)).toThrow(ConfigError);
      expect(() => make(text)).toThrow(/EVEYS_OCPP_ISO15118_ROOTS_FILE/);
    },
  );
});
