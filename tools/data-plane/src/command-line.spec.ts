import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { runCommandLine } from './command-line.ts';
import { pickFreePort } from './free-port.ts';

let state: string;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'data-plane-cli-'));
});

afterAll(async () => {
  await rm(state, { recursive: true });
});

async function run(args: string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  const code = await runCommandLine(['node', 'data-plane', ...args], env, (text) => lines.push(text));
  return { code, output: lines.join('\n') };
}

describe('the command line', () => {
  it('tells what it can do, and what it does not know', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, output: expect.stringContaining('doctor') as unknown });
    expect(await run(['fly'])).toEqual({ code: 1, output: "error: unknown command 'fly'" });
    expect(await run(['up', '--only', 'mysql'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('unknown engine mysql') as unknown,
    });
  });

  it('reports faulty ports by flag and by variable', async () => {
    const { code, output } = await run(['up', '--redis-port', 'x'], { EVEYS_OCPP_DATA_PLANE_KAFKA_PORT: '70000' });
    expect(code).toBe(1);
    expect(output.split('\n')).toHaveLength(2);
  });

  it('says that nothing runs where nothing runs', async () => {
    expect(await run(['down', '--state', state])).toEqual({ code: 0, output: 'dev: nothing was running' });
    expect(await run(['down', '--state', state, '--all'])).toEqual({ code: 0, output: 'no data plane found' });
    const { code, output } = await run(['status', '--state', state]);
    expect(code).toBe(1);
    expect(output.match(/stopped/g)).toHaveLength(4);
  });

  it('examines only what is wanted', async () => {
    const port = await pickFreePort();
    const { output } = await run([
      'doctor',
      '--state',
      state,
      '--only',
      'clickhouse',
      '--clickhouse-port',
      String(port),
    ]);
    expect(output).toContain(`port ${port}  free for clickhouse`);
    expect(output).not.toContain('java');
  });
});
