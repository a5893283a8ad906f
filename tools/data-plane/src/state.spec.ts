import { join, resolve } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { engineLog, instanceDirectory, makeWritable } from './state.ts';

describe('instanceDirectory', () => {
  it('is in the repository unless configured otherwise', () => {
    expect(instanceDirectory(undefined, 'dev')).toBe(resolve(import.meta.dirname, '../../../.data-plane/dev'));
    expect(engineLog(instanceDirectory('/somewhere', 'a'), 'redis')).toBe('/somewhere/a/redis/redis.log');
  });

  it('refuses names that leave the folder, and the one of the downloads', () => {
    for (const name of ['..', 'a/b', '', 'Dev'])
      expect(() => instanceDirectory(undefined, name)).toThrow('lower-case letters, digits and dashes');
    expect(() => instanceDirectory(undefined, 'cache')).toThrow('taken by the downloads');
  });
});

describe('makeWritable', () => {
  it('says what to do about a folder that can not be made', async () => {
    await expect(makeWritable(join(import.meta.filename, 'below'), 'use --state DIR')).rejects.toThrow(
      /can't write to .*state\.spec\.ts\/below \(ENOTDIR\): use --state DIR/,
    );
  });
});
