import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { schemasOf, strict } from './custom-resources.ts';
import { schemaFile, selfContained } from './kubernetes-schemas.ts';

describe('schemaFile', () => {
  it.each([
    ['Service', 'v1', 'service-v1.json'],
    ['Deployment', 'apps/v1', 'deployment-apps-v1.json'],
    ['NetworkPolicy', 'networking.k8s.io/v1', 'networkpolicy-networking-v1.json'],
    ['ScaledObject', 'keda.sh/v1alpha1', 'scaledobject-keda-v1alpha1.json'],
  ])('names %s of %s as kubeconform does', (kind, apiVersion, file) => {
    expect(schemaFile(kind, apiVersion)).toBe(file);
  });
});

describe('selfContained', () => {
  const definitions = {
    Meta: { type: 'object', properties: { owner: { $ref: '#/$defs/Owner' } } },
    Owner: { type: 'object', properties: { of: { $ref: '#/$defs/Owner' }, name: { type: 'string' } } },
    Other: { type: 'string' },
  };
  const schema = { $id: 'https://x/y', properties: { metadata: { $ref: '/api/_definitions.json#/$defs/Meta' } } };

  it('takes along what is referred to, and nothing else', () => {
    const whole = selfContained(schema, definitions);
    expect(Object.keys(whole['$defs'] as object).sort()).toEqual(['Meta', 'Owner']);
    expect(JSON.stringify(whole)).not.toContain('_definitions.json');
  });

  it('validates without any other file, definitions that refer to themselves included', () => {
    const validate = new Ajv({ strict: false }).compile(selfContained(schema, definitions));
    expect(validate({ metadata: { owner: { of: { name: 'a' } } } })).toBe(true);
    expect(validate({ metadata: { owner: { of: { name: 1 } } } })).toBe(false);
  });
});

describe('custom resources', () => {
  const openAPIV3Schema = {
    type: 'object',
    properties: {
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        properties: {
          port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          free: { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true },
          properties: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
        },
      },
    },
  };
  const validate = new Ajv({ strict: false }).compile(strict(openAPIV3Schema) as object);

  it.each([
    ['a port as a number', { port: 1 }, true],
    ['a port as a name', { port: 'http' }, true],
    ['a label', { labels: { any: 'x' } }, true],
    ['a field where fields are free', { free: { any: 1 } }, true],
    ['a field named properties', { properties: [{ name: 'a' }] }, true],
    ['a misspelt field', { prot: 1 }, false],
    ['a misspelt field in a list', { properties: [{ nam: 'a' }] }, false],
    ['a wrong type', { labels: { any: 1 } }, false],
  ])('%s is judged as an API server does', (_title, spec, valid) => {
    expect(validate({ metadata: { name: 'a', labels: {} }, spec })).toBe(valid);
  });

  it('have a schema for each version that is served', () => {
    const version = (name: string): object => ({ name, schema: { openAPIV3Schema } });
    const spec = { group: 'keda.sh', names: { kind: 'ScaledObject' }, versions: [version('v1'), version('v1alpha1')] };
    expect(schemasOf({ spec } as Parameters<typeof schemasOf>[0]).map(([file]) => file)).toEqual([
      'scaledobject-keda-v1.json',
      'scaledobject-keda-v1alpha1.json',
    ]);
  });
});
