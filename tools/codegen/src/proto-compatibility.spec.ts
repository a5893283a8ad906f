import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PUBLISHED_IMAGE, breakingChanges, imageOf } from './proto-compatibility.ts';

const root = join(import.meta.dirname, '../../..');
const image = join(root, PUBLISHED_IMAGE);
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'protos-'));
  cpSync(join(root, 'buf.yaml'), join(copy, 'buf.yaml'));
  cpSync(join(root, 'proto'), join(copy, 'proto'), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true }));

function change(file: string, from: string, to: string): void {
  const path = join(copy, 'proto', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describe('the published .proto files', () => {
  it('are those of the repository, and nothing of them has changed', () => {
    expect(breakingChanges(copy, image)).toBe('');
    expect(imageOf(root).equals(readFileSync(image))).toBe(true);
  });

  it.each([
    ['a field of an event is gone', 'events/v1/events.proto', '  string vendor = 1;\n', ''],
    ['a field of a message of gRPC is gone', 'ocpp_gw/v1/gateway.proto', '  bool has_password = 14;\n', ''],
    ['a field has another number', 'events/v1/events.proto', 'string cp_id = 4;', 'string cp_id = 44;'],
    ['a field has another type', 'ocpp_gw/v1/gateway.proto', 'int32 sample_no = 19;', 'string sample_no = 19;'],
    [
      'an rpc is gone',
      'ocpp_gw/v1/gateway.proto',
      '  rpc GetCommand(GetCommandRequest) returns (GetCommandResponse);\n',
      '',
    ],
  ])('show when %s', (_, file, from, to) => {
    change(file, from, to);
    expect(breakingChanges(copy, image)).toContain(file);
  });

  it('may have new fields', () => {
    change('events/v1/events.proto', 'message StationBooted {', 'message StationBooted {\n  string extra = 99;');
    expect(breakingChanges(copy, image)).toBe('');
  });
});
