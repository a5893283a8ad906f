import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { createSbom } from './sbom.ts';

const SCHEMAS = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);

/** The schema of the CycloneDX project, as its library for JavaScript carries it. */
function cycloneDx(): ValidateFunction {
  const read = (file: string): object => JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'idn-email': true, 'iri-reference': true } });
  addFormats.default(ajv);
  // The library's copies name each other so, and themselves otherwise.
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    const file = `${name}.SNAPSHOT.schema.json`;
    ajv.addSchema({ ...read(file), $id: `http://cyclonedx.org/schema/${file}` });
  }
  return ajv.compile(read('bom-1.6.SNAPSHOT.schema.json'));
}

const LIB = {
  ...{ path: 'libs/lib', ours: true, needs: ['node_modules/a'] },
  manifest: { name: '@us/lib', version: '0.1.0', license: 'Apache-2.0' },
};
const A = {
  ...{ path: 'node_modules/a', ours: false, needs: [] },
  manifest: { name: '@x/a', version: '2.0.0', license: '(MIT OR Apache-2.0)', homepage: 'https://a.example' },
};
const ODD = {
  ...{ path: 'node_modules/odd', ours: false, needs: [] },
  manifest: { name: 'odd', version: '1.0.0' },
};
const APP = {
  ...{ path: 'apps/one', ours: true, needs: ['libs/lib', 'node_modules/odd'] },
  manifest: { name: '@us/one', version: '0.1.0', license: 'Apache-2.0' },
};
const input = {
  ...{ app: 'one', packages: [APP, LIB, A, ODD], nodeVersion: '24.0.0' },
  lock: { packages: { 'node_modules/a': { integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}` } } },
};

describe('createSbom', () => {
  it('is valid CycloneDX', () => {
    const validate = cycloneDx();
    validate(createSbom(input));
    expect(validate.errors).toBeNull();
  });

  it('names each package with its place, hash and licence, and node', () => {
    expect(createSbom(input)).toMatchObject({
      metadata: { component: { type: 'application', name: '@us/one', version: '0.1.0' } },
      components: [
        { name: '@us/lib', licenses: [{ expression: 'Apache-2.0' }] },
        {
          ...{ name: '@x/a', version: '2.0.0', purl: 'pkg:npm/%40x/a@2.0.0' },
          hashes: [{ alg: 'SHA-512', content: '01'.repeat(64) }],
          licenses: [{ expression: '(MIT OR Apache-2.0)' }],
          properties: [{ name: 'ocpp-gw:path', value: '/app/node_modules/a' }],
        },
        { name: 'odd', licenses: [{ license: { name: 'UNKNOWN' } }] },
        { name: 'node', version: '24.0.0', purl: 'pkg:generic/node@24.0.0' },
      ],
    });
  });

  it('tells who needs what', () => {
    const { dependencies } = createSbom(input) as { dependencies: { ref: string; dependsOn: string[] }[] };
    const [app, lib, a, odd, node] = dependencies.map(({ ref }) => ref);
    expect(dependencies.map(({ dependsOn }) => dependsOn)).toEqual([[lib, odd, node], [a], [], [], []]);
    expect(app).toBe('@us/one@0.1.0|apps/one');
  });

  it('is the same for the same packages', () => {
    expect(createSbom(input)).toEqual(createSbom(input));
  });
});
