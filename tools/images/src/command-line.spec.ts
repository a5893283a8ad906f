import { describe, expect, it } from '@jest/globals';
import { command, withoutEmpty, type BuildFlags } from './command-line.ts';

async function built(...argv: string[]): Promise<BuildFlags | undefined> {
  let flags: BuildFlags | undefined;
  const nothing = (): Promise<void> => Promise.resolve();
  const program = command({ lint: nothing, smoke: nothing, build: async (given) => void (flags = given) });
  for (const each of [program, ...program.commands]) each.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(argv, { from: 'user' });
  return flags;
}

describe('build', () => {
  it('needs an app', async () => {
    await expect(built('build')).rejects.toThrow(/--app/);
    await expect(built('build', '--app', 'nothing')).rejects.toThrow(/Allowed choices are ws-edge/);
  });

  it('takes empty make variables for none', async () => {
    const flags = await built('build', '--app', 'ws-edge', '--tag', '', '--registry', '', '--base', 'my/base:1');
    expect(withoutEmpty(flags ?? {})).toEqual({ app: 'ws-edge', base: 'my/base:1' });
  });
});
