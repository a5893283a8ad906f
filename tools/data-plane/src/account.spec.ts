import { describe, expect, it } from '@jest/globals';

import { pickAccount } from './account.ts';

const ROOT = 'root:x:0:0:root:/root:/bin/bash';
const NOBODY = 'nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin';
const POSTGRES = 'postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash';

describe('pickAccount', () => {
  it('prefers the user of an installed Postgres', () => {
    expect(pickAccount([ROOT, NOBODY, POSTGRES].join('\n'))).toEqual({ name: 'postgres', uid: 101, gid: 104 });
  });

  it('falls back to the user that every Linux has', () => {
    expect(pickAccount([ROOT, NOBODY, ''].join('\n'))).toEqual({ name: 'nobody', uid: 65534, gid: 65533 });
  });

  it('never takes a user with the id of root', () => {
    expect(pickAccount([ROOT, 'postgres:x:0:0::/:/bin/sh'].join('\n'))).toBeUndefined();
  });
});
