import { describe, expect, it } from '@jest/globals';
import { isLeftOutOfOurs, isLeftOutOfTheirs, isNotice } from './left-out.ts';

const HERE = 'linux-x64';

describe('what an image holds', () => {
  it.each(['dist/main.js', 'generated/validators.js', 'ddl/0001_boots.sql', 'views/sessions.sql'])(
    'is %s of our packages',
    (path) => {
      expect(isLeftOutOfOurs(path)).toBe(false);
    },
  );

  it.each([
    'src/main.ts',
    'dist/main.d.ts',
    'dist/main.js.map',
    'dist/.tsbuildinfo',
    'dist/testing.js',
    'jest.config.mjs',
    'README.md',
  ])('is not %s of our packages', (path) => expect(isLeftOutOfOurs(path)).toBe(true));

  it.each([
    'lib/index.js',
    'package.json',
    'dist/doc/Document.js',
    'LICENSE.md',
    'docs.js',
    'prebuilds/linux-x64/a.node',
    'test.js',
  ])('is %s of the packages of others', (path) => expect(isLeftOutOfTheirs('other', path, HERE)).toBe(false));

  it.each([
    'src/index.ts',
    'test/a.js',
    'docs/api.js',
    'browser/index.js',
    'lib/a.spec.cjs',
    'README.md',
    'prebuilds/win32-x64/a.node',
    'index.d.mts',
  ])('is not %s of the packages of others', (path) => expect(isLeftOutOfTheirs('other', path, HERE)).toBe(true));

  it('is what is read, and the licences, of a package that stands alone', () => {
    const files = [
      'swagger-ui.css',
      'swagger-ui-bundle.js',
      'swagger-ui-bundle.js.LICENSE.txt',
      'LICENSE',
      'package.json',
    ];
    const all = [...files, 'swagger-ui-es-bundle.js', 'index.js'];
    expect(all.filter((file) => !isLeftOutOfTheirs('swagger-ui-dist', file, HERE))).toEqual(files);
  });

  it.each([
    ['@opentelemetry/api', 'build/esnext/index.js', 'build/src/index.js'],
    ['@sentry/core', 'build/cjs/index.js', 'build/esm/index.js'],
    ['rxjs', 'dist/esm5/index.js', 'dist/cjs/index.js'],
  ])('is the code of %s once: not %s, but %s', (name, again, read) => {
    expect([again, read].map((path) => isLeftOutOfTheirs(name, path, HERE))).toEqual([true, false]);
    expect(isLeftOutOfTheirs('other', again, HERE)).toBe(false);
  });
});

describe('isNotice', () => {
  it.each(['LICENSE', 'LICENCE.md', 'NOTICE', 'COPYING.txt', 'all.js.LICENSE.txt'])('takes %s', (name) => {
    expect(isNotice(name)).toBe(true);
  });

  it.each(['license.js', 'README.md', 'index.js'])('does not take %s', (name) => expect(isNotice(name)).toBe(false));
});
