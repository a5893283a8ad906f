import { expect, it } from '@jest/globals';
import { containersOf, environmentOf } from './environment.ts';
import type { Manifest } from './manifests.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const manifests: Manifest[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, data: { A: 'of the map', B: 'of the map' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { C: base64('c') }, stringData: { D: 'd' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd' },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'app',
              image: 'x:1',
              envFrom: [
                { configMapRef: { name: 'm' } },
                { secretRef: { name: 's' } },
                { secretRef: { name: 'elsewhere' } },
              ],
              env: [
                { name: 'B', value: 'of the container' },
                { name: 'E', valueFrom: { secretKeyRef: { name: 's', key: 'C' } } },
                { name: 'F', valueFrom: { configMapKeyRef: { name: 'm', key: 'A' } } },
                { name: 'G', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
              ],
            },
          ],
        },
      },
    },
  },
];

it('a container finds what ConfigMaps and Secrets hold, and its own settings are stronger', () => {
  const [container] = containersOf(manifests[2]!);
  expect(environmentOf(container!, manifests)).toEqual({
    ...{ A: 'of the map', B: 'of the container', C: 'c', D: 'd', E: 'c', F: 'of the map' },
  });
});

it('what has no pods has no containers', () => {
  expect(containersOf(manifests[0]!)).toEqual([]);
});
