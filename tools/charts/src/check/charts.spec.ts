import { describe, expect, it } from '@jest/globals';
import { inOrder, switches, type Chart } from './charts.ts';

const chart = (name: string, ...needs: string[]): Chart => ({
  ...{ name, version: '1.0.0', folder: `/charts/${name}`, isLibrary: false },
  dependencies: needs.map((one) => ({ name: one })),
});

describe('inOrder', () => {
  it('puts each chart after those it depends on', () => {
    const all = [chart('umbrella', 'edge', 'api'), chart('edge', 'common'), chart('api', 'common'), chart('common')];
    expect(inOrder(all).map(({ name }) => name)).toEqual(['common', 'edge', 'api', 'umbrella']);
  });

  it('leaves charts of others to helm', () => {
    expect(inOrder([chart('edge', 'postgresql')]).map(({ name }) => name)).toEqual(['edge']);
  });

  it('names a circle', () => {
    expect(() => inOrder([chart('a', 'b'), chart('b', 'a')])).toThrow('charts depend on each other: a > b > a');
  });
});

it('switches are the dependencies that have a condition, under their alias', () => {
  const dependencies = [
    { name: 'common' },
    { name: 'ws-edge', condition: 'ws-edge.enabled' },
    { name: 'command-api', alias: 'api', condition: 'api.enabled' },
  ];
  expect(switches({ ...chart('umbrella'), dependencies })).toEqual([
    { app: 'ws-edge', condition: 'ws-edge.enabled' },
    { app: 'api', condition: 'api.enabled' },
  ]);
});
