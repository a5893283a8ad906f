import { describe, expect, it } from '@jest/globals';
import { buildArguments } from './build.ts';
import { findEngine } from './engine.ts';

describe('buildArguments', () => {
  const options = {
    app: 'ws-edge',
    registry: 'ghcr.io/ocpp-gw',
    tag: '1.2.3',
    revision: 'abc',
    version: '1.2.3',
  } as const;

  it('names the image and leaves the defaults of the Dockerfile alone', () => {
    expect(buildArguments(options).join(' ')).toBe(
      'build --file docker/Dockerfile --tag ghcr.io/ocpp-gw/ws-edge:1.2.3 ' +
        '--build-arg APP=ws-edge --build-arg VERSION=1.2.3 --build-arg REVISION=abc .',
    );
  });

  it('takes another base and another builder', () => {
    expect(buildArguments({ ...options, base: 'my/base:1', builder: 'my/node:24' })).toEqual(
      expect.arrayContaining(['BASE_IMAGE=my/base:1', 'BUILDER_IMAGE=my/node:24']),
    );
  });
});

describe('findEngine', () => {
  it('takes the first that works', async () => {
    expect(await findEngine((engine) => Promise.resolve(engine !== 'docker'))).toBe('podman');
  });

  it('says what to install where none does', async () => {
    await expect(findEngine(() => Promise.resolve(false))).rejects.toThrow(
      /Start Docker, or install podman or buildah/,
    );
  });
});
