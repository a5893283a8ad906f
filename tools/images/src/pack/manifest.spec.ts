import { describe, expect, it } from '@jest/globals';
import { licenseOf, productionManifest } from './manifest.ts';

describe('productionManifest', () => {
  it('keeps what node reads and drops development, sources and the entry for tests', () => {
    const manifest = {
      ...{ name: '@us/lib', version: '1.2.3', type: 'module', license: 'Apache-2.0', description: 'A library' },
      exports: {
        '.': { '@us/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
        './testing': { default: './dist/testing.js' },
      },
      imports: { '#generated/*': './generated/*' },
      dependencies: { a: '1' },
      devDependencies: { b: '1' },
      nx: {},
    };
    expect(productionManifest(manifest)).toEqual({
      ...{
        name: '@us/lib',
        version: '1.2.3',
        private: true,
        type: 'module',
        license: 'Apache-2.0',
        description: 'A library',
      },
      exports: { '.': './dist/index.js' },
      imports: { '#generated/*': './generated/*' },
      dependencies: { a: '1' },
    });
  });
});

describe('licenseOf', () => {
  it.each([
    ['MIT', 'MIT'],
    [{ type: 'ISC' }, 'ISC'],
    [undefined, 'UNKNOWN'],
  ])('reads %j', (license, expected) => {
    expect(licenseOf({ name: 'a', version: '1', ...(license && { license }) })).toBe(expected);
  });
});
