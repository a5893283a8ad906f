import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Lock } from '@ocpp-gw/codegen';
import { loadGateway, protoRoot, typesOf } from './proto.ts';

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

describe('what is served', () => {
  const lock = JSON.parse(readFileSync(join(protoRoot(), 'ocpp_gw/v1/gateway.lock.json'), 'utf8')) as Lock;
  const types = typesOf(loadGateway());
  const scalar = (type: string): string => type.replace('TYPE_', '').toLowerCase();

  it.each(Object.entries(lock.messages))('%s has the fields that were published', (message, published) => {
    const served = types.fields(message).map(({ name, number, label, type, typeName, optional }) => {
      const prefix = label === 'LABEL_REPEATED' ? 'repeated ' : optional ? 'optional ' : '';
      return [name, `${prefix}${typeName || scalar(type)} = ${number}`];
    });
    expect(Object.fromEntries(served)).toEqual(published);
  });

  it.each(Object.entries(lock.enums))('%s has the values that were published', (enumeration, published) => {
    expect(Object.fromEntries(types.values(enumeration).map(({ name, number }) => [name, number]))).toEqual(published);
  });
});
