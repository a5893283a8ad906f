import { describe, expect, it } from '@jest/globals';

import { isFatal, judgeAccount, judgeDisk, judgeJava, judgeMake, judgeMaven, judgeNode } from './doctor.ts';

describe('the doctor', () => {
  it('wants Node 24', () => {
    expect(judgeNode('24.21.0').verdict).toBe('ok');
    expect(judgeNode('20.20.2')).toMatchObject({ verdict: 'missing', detail: '20.20.2' });
  });

  it('wants Java 17, and says how to get it', () => {
    expect(judgeJava({ path: '/usr/bin/java', major: 17 }).verdict).toBe('ok');
    const old = judgeJava({ path: '/usr/bin/java', major: 11 });
    expect(isFatal(old)).toBe(true);
    expect(old.fix).toContain('apt-get install -y openjdk-17-jre-headless');
    expect(judgeJava(undefined).detail).toContain('not found');
  });

  it('wants Maven only while there is something to download', () => {
    expect(judgeMaven('/usr/bin/mvn', ['Kafka']).verdict).toBe('ok');
    expect(judgeMaven(undefined, []).verdict).toBe('ok');
    expect(judgeMaven(undefined, ['Kafka', 'Redis'])).toMatchObject({
      verdict: 'missing',
      detail: 'not on PATH, needed to download Kafka, Redis',
    });
  });

  it('wants make, disk space, and as root a user for Postgres', () => {
    expect(judgeMake('/usr/bin/make').verdict).toBe('ok');
    expect(isFatal(judgeMake(undefined))).toBe(true);
    expect(judgeDisk(3 * 1024 ** 3, '/x')).toMatchObject({ verdict: 'ok', detail: '3.0 GB free at /x' });
    expect(isFatal(judgeDisk(1024 ** 3, '/x'))).toBe(true);
    expect(judgeAccount('nobody:x:65534:65534::/:/bin/false').detail).toContain('Postgres will run as nobody');
    expect(isFatal(judgeAccount('root:x:0:0::/root:/bin/sh'))).toBe(true);
  });
});
