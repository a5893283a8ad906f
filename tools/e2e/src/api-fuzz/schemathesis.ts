import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OUTSIDE, pythonVenv } from '../python-venv.ts';

const VENV = pythonVenv('schemathesis', 'requirements-fuzz.txt');

export interface FuzzRun {
  /** Names the run in the table, and its folder. */
  name: string;
  /** No token is sent when it is absent. */
  token?: string;
  phases: readonly ('examples' | 'coverage' | 'fuzzing' | 'stateful')[];
  examples: number;
  seed: number;
}

export interface Finding {
  title: string;
  count: number;
  operations: readonly string[];
}

export interface FuzzResult extends Pick<FuzzRun, 'name'> {
  seconds: number;
  /** How many operations were tested, and how many there are. */
  operations: readonly [tested: number, total: number];
  /** Answers by status. */
  statuses: ReadonlyMap<number, number>;
  findings: readonly Finding[];
}

interface Report {
  running_time: number;
  operations: { total: number; tested: number };
  failures: { title: string; count: number; operations: string[] }[];
  errors: { title: string; count: number }[];
}

export const installSchemathesis = (): Promise<void> => VENV.install();

/** Sends all that schemathesis makes of the description that the API serves. `folder` gets what it found, with a curl command for each. */
export async function fuzz(
  rest: string,
  { name, token, phases, examples, seed }: FuzzRun,
  folder: string,
): Promise<FuzzResult> {
  await mkdir(folder, { recursive: true });
  const [json, ndjson] = [join(folder, `${name}.json`), join(folder, `${name}.ndjson`)];
  const stdout = await output([
    ...['--config-file', join(OUTSIDE, 'schemathesis.toml'), 'run', `${rest}/openapi.json`, '--no-color'],
    ...(token === undefined ? [] : ['--header', `Authorization: Bearer ${token}`]),
    ...['--phases', phases.join(','), '--max-examples', String(examples), '--seed', String(seed)],
    ...['--report', 'json,ndjson', '--report-json-path', json, '--report-ndjson-path', ndjson],
  ]);
  await writeFile(join(folder, `${name}.log`), stdout);
  const report = await readFile(json, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => Promise.reject(new Error(`schemathesis made no report:\n${stdout.slice(-4000)}`)),
  );
  return {
    name,
    seconds: report.running_time,
    operations: [report.operations.tested, report.operations.total],
    statuses: await statusesOf(ndjson),
    findings: [...report.failures, ...report.errors.map((error) => ({ ...error, operations: [] }))],
  };
}

/** It exits with 1 when it has found something, which its report says better. */
function output(args: readonly string[]): Promise<string> {
  const env = { ...process.env, SCHEMATHESIS_HOOKS: 'fuzz_hooks', PYTHONPATH: OUTSIDE };
  return new Promise((done) =>
    execFile(join(VENV.bin, 'st'), args, { env, maxBuffer: 2 ** 28 }, (_, stdout, stderr) => done(stdout + stderr)),
  );
}

async function statusesOf(path: string): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  for await (const line of createInterface({ input: createReadStream(path) }))
    for (const [, status] of line.matchAll(/"response":\{"status_code":(\d+)/g))
      statuses.set(Number(status), (statuses.get(Number(status)) ?? 0) + 1);
  return statuses;
}
