import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { protoRoot } from './proto.ts';

describe('protoRoot', () => {
  it('finds the folder of the repository', () => {
    expect(existsSync(join(protoRoot(), 'ocpp_gw/v1/gateway.proto'))).toBe(true);
  });

  it('finds a folder beside a packaged app, and prefers the nearest', () => {
    const root = mkdtempSync(join(tmpdir(), 'proto-'));
    for (const folder of ['proto/ocpp_gw/v1', 'app/proto/ocpp_gw/v1', 'app/dist/grpc'])
      mkdirSync(join(root, folder), { recursive: true });
    for (const folder of ['proto', 'app/proto']) writeFileSync(join(root, folder, 'ocpp_gw/v1/gateway.proto'), '');
    expect(protoRoot(join(root, 'app/dist/grpc'))).toBe(join(root, 'app/proto'));
    rmSync(root, { recursive: true });
  });

  it('says what is missing where there is none', () => {
    expect(() => protoRoot(tmpdir())).toThrow(/proto\/ocpp_gw\/v1\/gateway.proto is in no folder above/);
  });
});
