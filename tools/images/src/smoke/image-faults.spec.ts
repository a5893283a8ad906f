import { describe, expect, it } from '@jest/globals';
import type { Image } from './image.ts';
import { imageFaults } from './image-faults.ts';

const OURS = '/app/apps/command-api/package.json';
const WS = '/app/node_modules/ws/package.json';

const GOOD: Image = {
  sizeBytes: 150_000_000,
  user: '65532:65532',
  labels: Object.fromEntries(
    Object.entries({ title: 'command-api', version: '1', revision: 'a', source: 'b', licenses: 'c' }).map(
      ([name, value]) => [`org.opencontainers.image.${name}`, value],
    ),
  ),
  files: [
    ...['main.js', 'ready.js', 'LICENSE', 'NOTICE', 'THIRD-PARTY-NOTICES', 'sbom.cdx.json'].map(
      (name) => `/app/${name}`,
    ),
    ...[OURS, WS, '/nodejs/bin/node', '/app/node_modules/ws/LICENSE.md', '/usr/lib/libc.so.6'],
  ],
  sbom: JSON.stringify({
    components: [
      { name: 'ws', version: '8.0.0', purl: 'pkg:npm/ws@8.0.0' },
      { name: 'node', version: '24.0.0', purl: 'pkg:generic/node@24.0.0' },
    ],
  }),
  notices: 'Works of others\nws 8.0.0\nMIT\n',
  manifests: {
    '/app/package.json': {},
    [OURS]: { name: '@ocpp-gw/command-api', version: '0.1.0' },
    [WS]: { name: 'ws', version: '8.0.0', devDependencies: {} },
    '/app/node_modules/ws/esm/package.json': {},
  },
};
const withFile = (file: string): Image => ({ ...GOOD, files: [...GOOD.files, file] });

describe('imageFaults', () => {
  it('finds none in an image as it should be', () => expect(imageFaults('command-api', GOOD)).toEqual([]));

  it.each([
    ['has 200000000 bytes; it may have 200000000', { ...GOOD, sizeBytes: 200_000_000 }],
    ['runs as "", not as 65532:65532', { ...GOOD, user: '' }],
    ['runs as "nonroot", not as 65532:65532', { ...GOOD, user: 'nonroot' }],
    [
      'has no label org.opencontainers.image.revision',
      { ...GOOD, labels: { ...GOOD.labels, 'org.opencontainers.image.revision': '' } },
    ],
    ['holds a shell: /usr/bin/dash', withFile('/usr/bin/dash')],
    ['holds a shell: /busybox/busybox', withFile('/busybox/busybox')],
    ['holds a package manager: /usr/local/bin/npm', withFile('/usr/local/bin/npm')],
    ['lacks /app/main.js', { ...GOOD, files: GOOD.files.filter((file) => file !== '/app/main.js') }],
    ['holds sources or tests: /app/libs/redis/dist/a.d.ts', withFile('/app/libs/redis/dist/a.d.ts')],
    ['holds sources or tests: /app/libs/redis/dist/a.spec.js', withFile('/app/libs/redis/dist/a.spec.js')],
    [
      'holds tools for tests: /app/node_modules/typescript/lib/tsc.js',
      withFile('/app/node_modules/typescript/lib/tsc.js'),
    ],
    ['holds the app ws-edge', withFile('/app/apps/ws-edge/dist/main.js')],
    [`${OURS} names devDependencies`, { ...GOOD, manifests: { ...GOOD.manifests, [OURS]: { devDependencies: {} } } }],
    ['has packages that its SBOM lacks: ws 8.0.0', { ...GOOD, sbom: '{"components":[]}' }],
    ['has not what its SBOM lists: ws 8.0.0', { ...GOOD, manifests: {} }],
    ['has packages without a notice: ws 8.0.0', { ...GOOD, notices: 'ws 7.0.0' }],
  ])('finds that it %s', (fault, image) => {
    expect(imageFaults('command-api', image)).toEqual([fault]);
  });

  it('names a few files of many', () => {
    const files = ['a', 'b', 'c', 'd', 'e'].map((name) => `/app/${name}.ts`);
    expect(imageFaults('command-api', { ...GOOD, files: [...GOOD.files, ...files] })).toEqual([
      'holds sources or tests: /app/a.ts, /app/b.ts, /app/c.ts and 2 more',
    ]);
  });

  it('asks for the jobs in the images that have them', () => {
    expect(imageFaults('clickhouse-ingestor', GOOD)).toContain('lacks /app/ch-migrate.js');
  });
});
