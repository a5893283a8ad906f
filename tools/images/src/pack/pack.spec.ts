import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesBelow } from '../files.ts';
import { pack } from './pack.ts';

const FILES: Record<string, string> = {
  LICENSE: 'ours',
  NOTICE: 'ours, too',
  'NODE-LICENSE': 'of node',
  'package-lock.json': '{"packages":{}}',
  'apps/webhook-dispatcher/package.json': JSON.stringify({
    ...{ name: '@us/webhook-dispatcher', version: '0.1.0', type: 'module' },
    dependencies: { '@us/lib': '0.1.0' },
    devDependencies: { jest: '1' },
  }),
  'apps/webhook-dispatcher/dist/main.js': `import { text } from '@us/lib'; console.log(text);`,
  'apps/webhook-dispatcher/src/main.ts': '',
  'apps/ws-edge/dist/main.js': '',
  'libs/lib/package.json': JSON.stringify({
    ...{ name: '@us/lib', version: '0.1.0', type: 'module', dependencies: { ws: '8.0.0' } },
    exports: { '.': { '@us/source': './src/index.ts', default: './dist/index.js' } },
  }),
  'libs/lib/dist/index.js': `export { default as text } from 'ws';`,
  'libs/lib/dist/index.d.ts': '',
  'node_modules/ws/package.json': JSON.stringify({ name: 'ws', version: '8.0.0', license: 'MIT' }),
  'node_modules/ws/index.js': `module.exports = 'it works';`,
  'node_modules/ws/LICENSE': 'Copyright the authors of ws',
  'node_modules/ws/test/a.js': '',
  'node_modules/jest/package.json': '{}',
};

let root: string;
let out: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'pack-')));
  out = join(root, 'out');
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  mkdirSync(join(root, 'node_modules/@us'));
  symlinkSync('../../libs/lib', join(root, 'node_modules/@us/lib'));
  pack({ root, app: 'webhook-dispatcher', out, nodeLicense: join(root, 'NODE-LICENSE') });
});

afterAll(() => rmSync(root, { recursive: true }));

describe('pack', () => {
  it('copies what the app needs when it runs, and nothing else', () => {
    expect(filesBelow(out).toSorted()).toEqual([
      'LICENSE',
      'NOTICE',
      'THIRD-PARTY-NOTICES',
      'apps/webhook-dispatcher/dist/main.js',
      'apps/webhook-dispatcher/package.json',
      'libs/lib/dist/index.js',
      'libs/lib/package.json',
      'main.js',
      'node_modules/@us/lib',
      'node_modules/ws/LICENSE',
      'node_modules/ws/index.js',
      'node_modules/ws/package.json',
      'package.json',
      'sbom.cdx.json',
    ]);
  });

  it('finds our packages where they were copied to', () => {
    expect(realpathSync(join(out, 'node_modules/@us/lib'))).toBe(join(out, 'libs/lib'));
    expect(JSON.parse(readFileSync(join(out, 'libs/lib/package.json'), 'utf8'))).toMatchObject({
      exports: { '.': './dist/index.js' },
    });
  });

  it('tells the licences of node and of every package of others', () => {
    const notices = readFileSync(join(out, 'THIRD-PARTY-NOTICES'), 'utf8');
    expect(notices).toContain('of node');
    expect(notices).toContain('ws 8.0.0\nMIT');
    expect(notices).toContain('Copyright the authors of ws');
  });
});
