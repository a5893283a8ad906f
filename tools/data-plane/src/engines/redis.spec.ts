import { describe, expect, it } from '@jest/globals';

import { isRecentEnough, pickBinary, renderArguments } from './redis.ts';

const placement = { directory: '/state/redis', port: 7000, report: () => undefined };

describe('redis', () => {
  it('takes an installed server from 6.2 on', () => {
    const banner = (version: string): string =>
      `Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=1`;
    expect(['6.2.0', '7.0.15', '10.0.1'].map((version) => isRecentEnough(banner(version)))).toEqual([true, true, true]);
    expect(['6.0.16', '5.9.9'].map((version) => isRecentEnough(banner(version)))).toEqual([false, false]);
    expect(isRecentEnough('')).toBe(false);
  });

  it('picks the binary of the architecture', () => {
    const files = [
      'redis-server-6.2.6-v5-linux-amd64',
      'redis-server-6.2.7-linux-386',
      'redis-server-6.2.7-linux-arm64',
    ];
    expect(pickBinary(files, 'x64')).toBe(files[0]);
    expect(pickBinary(files, 'arm64')).toBe(files[2]);
    expect(pickBinary(files, 's390x')).toBeUndefined();
  });

  it('persists only where data shall last', () => {
    expect(renderArguments({ ...placement, durable: true }).join(' ')).toContain('--appendonly yes');
    expect(renderArguments({ ...placement, durable: false }).join(' ')).toContain(
      '--bind 127.0.0.1 --port 7000 --dir /state/redis/data --daemonize no --appendonly no',
    );
  });
});
