import { describe, expect, it } from '@jest/globals';
import { basePaths } from './packages.ts';
import { defaultsOf } from './starting-images.ts';

describe('basePaths', () => {
  it('takes the files of the packages once, without prose but with licences', () => {
    const lists = [
      '/.\n/lib\n/lib/libc.so.6\n/usr/share/doc/libc6/changelog.gz\n/usr/share/doc/libc6/copyright\n',
      '/.\n/lib\n/usr/share/man/man1/a.1.gz\n',
    ];
    expect(basePaths(lists)).toEqual(['/lib', '/lib/libc.so.6', '/usr/share/doc/libc6/copyright']);
  });
});

describe('defaultsOf', () => {
  it('reads the defaults of arguments', () => {
    expect(defaultsOf('ARG BASE_IMAGE=gcr.io/a:b\nARG APP\nFROM x\nARG VERSION=0.0.0\n')).toEqual({
      BASE_IMAGE: 'gcr.io/a:b',
      VERSION: '0.0.0',
    });
  });
});
