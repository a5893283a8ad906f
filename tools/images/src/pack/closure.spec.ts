import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { productionClosure } from './closure.ts';

let root: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'closure-')));
  const manifests: Record<string, object> = {
    'apps/one': { dependencies: { '@us/lib': '1', a: '1' }, devDependencies: { testing: '1' } },
    'libs/lib': { dependencies: { b: '1' } },
    'node_modules/a': {
      dependencies: { b: '2', '@sentry/bundler-plugins': '1' },
      optionalDependencies: { missing: '1' },
      peerDependencies: { peer: '1' },
    },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/b': { peerDependencies: { welcome: '1' }, peerDependenciesMeta: { welcome: { optional: true } } },
    'node_modules/peer': { dependencies: { redoc: '1' } },
    'node_modules/redoc': { dependencies: { react: '1' } },
    'node_modules/react': {},
    'node_modules/testing': {},
    'node_modules/welcome': {},
    'apps/broken': { dependencies: { missing: '1' } },
  };
  for (const [path, manifest] of Object.entries(manifests)) {
    const name = path.startsWith('libs/') ? '@us/lib' : path.split('/').at(-1);
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
  }
  mkdirSync(dirname(join(root, 'node_modules/@us/lib')));
  symlinkSync('../../libs/lib', join(root, 'node_modules/@us/lib'));
});

afterAll(() => rmSync(root, { recursive: true }));

describe('productionClosure', () => {
  it('holds what runs, as node finds it: nested versions and needed peers, no development, no optional peers', () => {
    expect(productionClosure(root, 'apps/one').map(({ path, ours, needs }) => ({ path, ours, needs }))).toEqual([
      { path: 'apps/one', ours: true, needs: ['libs/lib', 'node_modules/a'] },
      { path: 'libs/lib', ours: true, needs: ['node_modules/b'] },
      { path: 'node_modules/a', ours: false, needs: ['node_modules/a/node_modules/b', 'node_modules/peer'] },
      { path: 'node_modules/a/node_modules/b', ours: false, needs: [] },
      { path: 'node_modules/b', ours: false, needs: [] },
      { path: 'node_modules/peer', ours: false, needs: ['node_modules/redoc'] },
      { path: 'node_modules/redoc', ours: false, needs: [] },
    ]);
  });

  it('refuses a tree that lacks what somebody needs', () => {
    expect(() => productionClosure(root, 'apps/broken')).toThrow('broken needs missing, which is not installed');
  });
});
