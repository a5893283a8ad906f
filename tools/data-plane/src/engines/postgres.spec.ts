import { describe, expect, it } from '@jest/globals';

import { renderArguments } from './postgres.ts';

describe('postgres', () => {
  it('trades the durability of the machine away only for throw-away data, never that of the process', () => {
    const durable = renderArguments('/d', { port: 1, durable: true }).join(' ');
    const passing = renderArguments('/d', { port: 1, durable: false }).join(' ');
    expect(durable).toContain('-c listen_addresses=127.0.0.1 -c port=1');
    expect(durable).not.toContain('fsync');
    expect(passing).toContain('fsync=off');
    expect(passing).not.toContain('synchronous_commit');
  });
});
