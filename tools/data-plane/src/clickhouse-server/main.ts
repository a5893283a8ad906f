/** `node main.ts --data DIR --incoming DIR --port N`: one engine over one data folder, until SIGTERM. */
import { mkdir, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { Connections } from './connections.ts';
import { QueryRunner } from './query-runner.ts';
import { createClickHouseServer } from './server.ts';

/** How long running queries may take to end after SIGTERM. */
const DRAIN_MS = 8_000;

const { values } = parseArgs({
  options: { data: { type: 'string' }, incoming: { type: 'string' }, port: { type: 'string' } },
});
const { data, incoming, port } = values;
if (!data || !incoming || !port) throw new Error('usage: main.ts --data DIR --incoming DIR --port N');

function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

// What a killed server had received and not yet inserted was never acknowledged.
await rm(incoming, { recursive: true, force: true });
await mkdir(incoming, { recursive: true });

const connections = new Connections(data);
const runner = new QueryRunner(connections, incoming);
const server = createClickHouseServer({ run: (request) => runner.run(request), log });
server.on('error', (error) => {
  log(`can't listen on port ${port}: ${error.message}`);
  process.exit(1);
});
server.listen(Number(port), '127.0.0.1', () => log(`listening on 127.0.0.1:${port}, data in ${data}`));

process.once('SIGTERM', () => {
  log('stopping');
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  server.close(() => {
    connections.close();
    process.exit(0);
  });
  server.closeIdleConnections();
});
