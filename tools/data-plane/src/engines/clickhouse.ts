import { mkdir } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';

import { ClickHouseLogLevel, createClient } from '@clickhouse/client';

import type { Engine } from '../engine.ts';

const PROBE_TIMEOUT_MS = 3_000;

/** The server's entry file, as source or as built, like this file. */
const SERVER = resolve(import.meta.dirname, `../clickhouse-server/main${extname(import.meta.filename)}`);

export const clickhouse: Engine = {
  name: 'clickhouse',
  stopSignal: 'SIGTERM',
  // The engine is a library of 570 MB: the first load after a boot reads it from disk.
  startDeadlineMs: 60_000,

  async prepare({ directory, port }) {
    const data = join(directory, 'data');
    const incoming = join(directory, 'incoming');
    await mkdir(data, { recursive: true });
    const args = [SERVER, '--data', data, '--incoming', incoming, '--port', String(port)];
    // Each running query occupies one thread of the pool: the default of 4 would queue the fifth behind a slow one.
    return { file: process.execPath, args, env: { UV_THREADPOOL_SIZE: '16', TZ: 'UTC' } };
  },

  async check(port) {
    const client = createClient({
      url: clickhouse.url(port),
      request_timeout: PROBE_TIMEOUT_MS,
      keep_alive: { enabled: false },
      // The failure reaches the caller through the rejected promise.
      log: { level: ClickHouseLogLevel.OFF },
    });
    try {
      const result = await client.query({ query: 'SELECT 1', format: 'TabSeparated' });
      await result.text();
    } finally {
      await client.close();
    }
  },

  url: (port) => `http://127.0.0.1:${port}`,
};
