import { describe, expect, it } from '@jest/globals';
import { readVersions, tagProblems } from './versions.ts';

const versions = {
  product: '1.2.3',
  charts: [
    { name: 'common', version: '1.2.3' },
    { name: 'ws-edge', version: '1.2.3', appVersion: '1.2.3' },
  ],
};

describe('a tag is a release', () => {
  it('when product, charts and images have its version', () => {
    expect(tagProblems('v1.2.3', versions)).toEqual([]);
  });

  it('and not when one of them has another, each of which is named', () => {
    expect(tagProblems('v1.2.4', versions)).toEqual([
      'package.json has the version 1.2.3, not 1.2.4',
      'the chart common has the version 1.2.3, not 1.2.4',
      'the chart ws-edge has the version 1.2.3, not 1.2.4',
      'the chart ws-edge has the appVersion 1.2.3, not 1.2.4',
    ]);
  });

  it.each(['1.2.3', 'v1.2', 'v1.2.3-rc1', ''])('and not when it is %j', (tag) => {
    expect(tagProblems(tag, versions)).toEqual([expect.stringContaining('is no tag of a release')]);
  });
});

it('the versions of this tree agree', async () => {
  const { product, charts } = await readVersions();
  expect(charts.length).toBeGreaterThan(4);
  expect(tagProblems(`v${product}`, { product, charts })).toEqual([]);
});
