import { describe, expect, it } from '@jest/globals';
import { appOf } from './independence.ts';
import { refusals } from './policies.ts';
import { propertyNames } from './values.ts';

it('a policy that several renders break is named once, with all of them', () => {
  const failures = [{ msg: 'Deployment x: uses hostPID' }];
  const json = JSON.stringify([
    { filename: '/tmp/lists/ws-edge (default).json', failures },
    { filename: '/tmp/lists/ocpp-gateway (trial).json', failures },
    { filename: '/tmp/lists/command-api (default).json' },
  ]);
  expect(refusals(json)).toEqual(['Deployment x: uses hostPID (in ws-edge (default), ocpp-gateway (trial))']);
});

it('an object belongs to the app that its label names', () => {
  const of = (labels?: Record<string, string>) =>
    appOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'ws-edge', ...(labels && { labels }) } });
  expect(of({ 'app.kubernetes.io/name': 'command-api' })).toBe('command-api');
  expect(of({ 'app.kubernetes.io/name': 'postgres' })).toBeUndefined();
  expect(of()).toBeUndefined();
});

describe('propertyNames', () => {
  const schema = {
    properties: {
      image: { properties: { tag: { type: 'string' } } },
      affinity: { properties: { nodeAffinity: { type: 'object' } } },
      config: { properties: { EVEYS_OCPP_LOG_LEVEL: { type: 'string' } } },
    },
  };

  it('lists every property that a template has to use', () => {
    const names = propertyNames(schema, '{{ toYaml .Values.affinity }}').map((path) => path.join('.'));
    expect(names).toEqual(['image', 'image.tag', 'affinity', 'config']);
  });
});
