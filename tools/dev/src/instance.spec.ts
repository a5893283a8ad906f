import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInstance, forgetInstance, keepInstance, settingLines, type Instance } from './instance.ts';

const instance: Instance = {
  settings: { EVEYS_OCPP_DB_URL: 'postgres://localhost:5433/x', EVEYS_OCPP_KAFKA_BROKERS: 'localhost:9093' },
  addresses: { websocket: 'ws://localhost:9001', rest: 'http://localhost:8081/api/v1', grpc: 'g', backend: 'b' },
};

describe('the instance that `make up` started', () => {
  let folder: string;

  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'instance-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is found until it is stopped', () => {
    expect(findInstance(folder)).toBeUndefined();
    keepInstance(instance, folder);
    expect(findInstance(folder)).toEqual(instance);
    forgetInstance(folder);
    expect(findInstance(folder)).toBeUndefined();
  });

  it('gives its settings, but for those that the caller gives himself', () => {
    expect(settingLines(instance, { EVEYS_OCPP_KAFKA_BROKERS: 'elsewhere:1' })).toEqual([
      'EVEYS_OCPP_DB_URL=postgres://localhost:5433/x',
    ]);
    expect(settingLines(undefined, {})).toEqual([]);
  });
});
