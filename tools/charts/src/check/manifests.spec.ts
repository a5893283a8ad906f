import { describe, expect, it } from '@jest/globals';
import { changedLines, compare, describeDifference, isEmpty, parseManifests, type Manifest } from './manifests.ts';

const map = (name: string, data: Record<string, string>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

describe('parseManifests', () => {
  it('reads every document, and leaves out empty ones', () => {
    const text = '---\n# Source: a\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: a}\n---\n';
    expect(parseManifests(text).map(({ kind }) => kind)).toEqual(['Secret']);
  });

  it.each([
    ['a key that stands twice', 'apiVersion: v1\nkind: A\nkind: B\nmetadata: {name: a}', /unique/],
    ['a document that is no manifest', 'kind: A\nmetadata: {name: a}', /is no manifest/],
    ['broken YAML', 'kind: [', /./],
  ])('refuses %s', (_title, text, message) => {
    expect(() => parseManifests(text)).toThrow(message);
  });
});

describe('compare', () => {
  it('takes no notice of the order of manifests and keys', () => {
    const before = [map('a', { x: '1', y: '2' }), map('b', {})];
    const after = [map('b', {}), map('a', { y: '2', x: '1' })];
    expect(isEmpty(compare(before, after))).toBe(true);
  });

  it('names what came, went and changed', () => {
    const difference = compare([map('a', {}), map('b', { x: '1' })], [map('b', { x: '2' }), map('c', {})]);
    expect(isEmpty(difference)).toBe(false);
    expect(describeDifference(difference)).toBe(
      'only before: v1/ConfigMap/a\nonly after: v1/ConfigMap/c\ndiffers: v1/ConfigMap/b',
    );
  });
});

it('changedLines shows what an object lost and got, however often a line stands in it', () => {
  expect(changedLines('a\nb\nb\nc', 'a\nb\n  d')).toEqual(['- b', '- c', '+ d']);
});
