import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeCsms } from '../testdata/fake-csms.ts';
import { readCommandLine } from '../cli.ts';
import { runReplay } from './cli.ts';
import type { Outcome } from './outcome.ts';
import type { ReplayOptions } from './run.ts';
import { line, lines } from './testdata/lines.ts';

let csms: FakeCsms;
let folder: string;
let output: { out: string; err: string };

beforeAll(async () => {
  csms = await FakeCsms.start('1.6');
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
});

beforeEach(() => {
  output = { out: '', err: '' };
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((output.out += String(text))));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((output.err += String(text))));
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(async () => {
  csms.stop();
  await rm(folder, { recursive: true });
});

const RECORDING = lines(
  line('in', [2, '1', 'Authorize', { idTag: 'TAG' }]),
  line('out', [3, '1', { idTagInfo: { status: 'Accepted' } }]),
);

async function run(text: string, more: Partial<ReplayOptions> = {}, json = false): Promise<number> {
  const file = join(folder, 'recording.jsonl');
  await writeFile(file, text);
  return runReplay({ file, url: csms.url, callTimeoutMs: 5000, waitMs: 10, shiftTimes: false, ...more }, json);
}

describe('a replay of a file', () => {
  it('ends with 0 where nothing differs, and says so', async () => {
    csms.answer('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }));
    expect(await run(RECORDING)).toBe(0);
    expect(output.out).toMatch(/^replayed as CP1 with OCPP 1\.6: 1 of 1 answers agree, .*rows were not compared/);
    expect(output.out).toMatch(/^ok: nothing differs$/m);
  });

  it('ends with 1 where something differs, and shows both', async () => {
    csms.answer('Authorize', () => ({ idTagInfo: { status: 'Blocked' } }));
    expect(await run(RECORDING)).toBe(1);
    expect(output.out).toContain(
      'differs: line 1 the answer to Authorize, idTagInfo.status\n  recorded: Accepted\n  now:      Blocked\n',
    );
    expect(await run(RECORDING, {}, true)).toBe(1);
    const outcome = JSON.parse(output.out.slice(output.out.lastIndexOf('\n{') + 1)) as Outcome;
    expect(outcome.differences).toMatchObject([{ at: 'idTagInfo.status', recorded: 'Accepted', now: 'Blocked' }]);
  });

  it('shows each CALL with both answers where it is asked to', async () => {
    csms.answer('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }));
    const { replay } = readCommandLine(['--replay', 'x', '--verbose']);
    expect(await run(RECORDING, { log: replay?.log })).toBe(0);
    expect(output.out).toContain(
      'line 1 Authorize agrees: recorded {"idTagInfo":{"status":"Accepted"}}, now {"idTagInfo":{"status":"Accepted"}}\n',
    );
  });

  it.each([
    ['is no recording', `${RECORDING}hello`, {}, /recording\.jsonl: line 3: is no JSON; write one JSON object/],
    ['cannot be read', '', { file: '/nowhere/it.jsonl' }, /cannot be read: .*; give the file of an export/],
    [
      'names no charge point',
      '[{"timestamp":1772359202,"direction":"CS_TO_CSMS","message":[2,"2","Heartbeat",{}]}]',
      {},
      /names no charge point; give --cp-id/,
    ],
    ['finds no gateway', RECORDING, { url: 'ws://127.0.0.1:1' }, /gateway at .* cannot be used: .*; check --url/],
    [
      'finds no REST API',
      RECORDING,
      { rest: { gateway: 'http://127.0.0.1:1', token: 't' } },
      /REST API at .* cannot be used: .*; check --gateway and --token/,
    ],
  ])('ends with 2 and what to do where it %s', async (_, text, more, fault) => {
    expect(await run(text, more)).toBe(2);
    expect(output.err).toMatch(fault);
  });
});
