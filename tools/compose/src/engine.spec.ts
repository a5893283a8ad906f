import { describe, expect, it } from '@jest/globals';
import { Compose, findEngine, type Succeeds } from './engine.ts';

const answering =
  (...good: string[]): Succeeds =>
  (command, args) =>
    Promise.resolve(good.includes([command, ...args].join(' ')));

describe('findEngine', () => {
  it('takes docker where the command, its compose and an engine are there', async () => {
    const engine = await findEngine(answering('docker compose version', 'docker info'));
    expect(engine).toEqual({ command: 'docker', args: ['compose'] });
  });

  it('takes podman where docker has no engine, or no compose', async () => {
    const podman = ['podman compose version', 'podman info'];
    const engine = { command: 'podman', args: ['compose'] };
    expect(await findEngine(answering('docker compose version', ...podman))).toEqual(engine);
    expect(await findEngine(answering('docker info', ...podman))).toEqual(engine);
  });

  it('says what to use where none is there', async () => {
    await expect(findEngine(answering('docker info', 'podman info'))).rejects.toThrow(
      /No container engine with compose .*`make up`.*`make image-smoke`/,
    );
  });
});

describe(Compose.name, () => {
  const echo = new Compose({ command: 'echo', args: ['compose'] }, ['/a.yaml', '/b.yaml'], process.env);

  it('names its files before the command', async () => {
    expect(await echo.read('ps', '--all')).toBe('compose --file /a.yaml --file /b.yaml ps --all\n');
  });

  it('says whether the command ended well', async () => {
    expect(await new Compose({ command: 'true', args: [] }, [], {}).show()).toBe(true);
    expect(await new Compose({ command: 'false', args: [] }, [], {}).show()).toBe(false);
    await expect(new Compose({ command: 'false', args: [] }, [], {}).read()).rejects.toThrow('Command failed');
    await expect(new Compose({ command: '/no/such', args: [] }, [], {}).show()).rejects.toThrow('ENOENT');
  });
});
