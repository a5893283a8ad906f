import { describe, expect, it } from '@jest/globals';
import { replaceStrings } from './replace-strings.ts';

describe('replaceStrings', () => {
  it.each([
    ['{"idTag": "Tag-1", "list": [{"id": "TAG-1"}, null]}', '{"idTag": "gone", "list": [{"id": "gone"}, null]}', 2],
    ['{"TAG-1": true, "tag-1" : "TAG-10"}', '{"TAG-1": true, "tag-1" : "TAG-10"}', 0],
    [String.raw`["a\"tag-1", "\"", "tag-1"]`, String.raw`["a\"tag-1", "\"", "gone"]`, 1],
    [String.raw`["\u0074ag-1", 12345678901234567890]`, '["gone", 12345678901234567890]', 1],
  ])('makes of %s %s', (json, expected, hits) => {
    expect(replaceStrings(json, 'tag-1', 'gone')).toEqual({ json: expected, hits });
  });

  it('is not misled by what stands between two strings', () => {
    expect(replaceStrings('["a", "b"]', ', ', 'gone').hits).toBe(0);
  });
});
