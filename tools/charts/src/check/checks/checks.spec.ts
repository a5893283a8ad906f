import { describe, expect, it } from '@jest/globals';
import { appOf } from './independence.ts';
import { complaints, refusals } from './policies.ts';
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

it('an object belongs to the app whose chart made it', () => {
  const of = (labels?: Record<string, string>) =>
    appOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'ws-edge', ...(labels && { labels }) } });
  expect(of({ 'helm.sh/chart': 'command-api-0.1.0', 'app.kubernetes.io/name': 'other' })).toBe('command-api');
  expect(of({ 'helm.sh/chart': 'ocpp-gateway-0.1.0' })).toBeUndefined();
  expect(of()).toBeUndefined();
});

it('kube-score is heard, but for exceptions, skipped tests and what is well', () => {
  const check = (id: string, grade: number, skipped = false) => ({ check: { id }, grade, skipped, comments: null });
  const checks = [
    check('pod-networkpolicy', 1),
    check('pod-probes', 10),
    check('pod-probes-identical', 1),
    check('container-image-pull-policy', 1),
    check('service-type', 1, true),
  ];
  const comments = [{ path: 'app', summary: 'No memory limit' }];
  const limits = { ...check('container-resources', 5), comments };
  expect(complaints([{ object_name: 'Deployment/x', checks: [...checks, limits] }])).toEqual([
    'Deployment/x: pod-networkpolicy',
    'Deployment/x: pod-probes-identical',
    'Deployment/x: container-resources (app: No memory limit)',
  ]);
  expect(complaints([{ object_name: 'StatefulSet/x-trial-kafka', checks }])).toEqual([
    'StatefulSet/x-trial-kafka: pod-networkpolicy',
  ]);
});

describe('propertyNames', () => {
  const schema = {
    properties: {
      image: { properties: { tag: { type: 'string' } } },
      affinity: { properties: { nodeAffinity: { type: 'object' } } },
      config: { properties: { EVEYS_OCPP_LOG_LEVEL: { type: 'string' }, OTEL_TRACES_SAMPLER: { type: 'string' } } },
    },
  };

  it('lists every property that a template has to use', () => {
    const names = propertyNames(schema, '{{ toYaml .Values.affinity }}').map((path) => path.join('.'));
    expect(names).toEqual(['image', 'image.tag', 'affinity', 'config']);
  });
});
