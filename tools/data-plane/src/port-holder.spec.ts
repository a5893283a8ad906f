import { createServer, type AddressInfo, type Server } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { pickFreePort } from './free-port.ts';
import { describePortHolder, parseListening, portIsFree } from './port-holder.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 4242 1 0000 100 0 0 10 0
   1: 0100007F:1538 0100007F:8F02 01 00000000:00000000 00:00000000 00000000   101        0 4343 1 0000 20 4 30 10 -1
   2: 00000000:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4444 1 0000 100 0 0 10 0
`;

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe('parseListening', () => {
  it('finds the listening socket of a port, not its connections', () => {
    expect(parseListening(TABLE, 5432)).toEqual([{ inode: '4242', uid: 101 }]);
    expect(parseListening(TABLE, 6379)).toEqual([{ inode: '4444', uid: 0 }]);
    expect(parseListening(TABLE, 80)).toEqual([]);
  });
});

describe('describePortHolder', () => {
  it('names pid and command of who listens', async () => {
    const { server, port } = await listen();
    expect(await portIsFree(port)).toBe(false);
    expect(await describePortHolder(port)).toMatch(new RegExp(`^pid ${process.pid} \\(.*node.*\\)$`));
    await new Promise((resolve) => server.close(resolve));
    expect(await portIsFree(port)).toBe(true);
  });

  it('says so when nobody visible listens', async () => {
    expect(await describePortHolder(await pickFreePort())).toContain('a process that /proc does not show');
  });
});

describe('pickFreePort', () => {
  it('picks below the ephemeral range, and not what is already given away', async () => {
    const first = await pickFreePort();
    const second = await pickFreePort(new Set([first]));
    expect(second).not.toBe(first);
    for (const port of [first, second]) {
      expect(port).toBeGreaterThanOrEqual(20_000);
      expect(port).toBeLessThan(32_000);
    }
  });
});
