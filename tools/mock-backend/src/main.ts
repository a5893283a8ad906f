import { parseArgs } from 'node:util';
import { BACKEND_PATHS } from '@ocpp-gw/contracts/backend-paths';
import { startMockBackend } from './mock-backend.ts';
import { DEFAULT_OPTIONS, readOptions, VARIABLES } from './options.ts';

const HELP = `mock-backend: the backend contract (docs/integration), accepting everything, for development

Usage: node --conditions=@ocpp-gw/source tools/mock-backend/src/main.ts [--help]

Calls, with the gateway's envelope {v, request_id, cp_id, sent_at, data} and a bearer token:
${Object.values(BACKEND_PATHS)
  .map((path) => `  POST ${path}`)
  .join('\n')}
Webhook receiver (Standard Webhooks signature):
  POST /webhooks
Looking inside, without a token:
  GET /_/requests?path=&cp_id=   what the calls received
  GET /_/webhooks?type=&cp_id=   verified webhooks
  DELETE /_/                     forget all of it
  GET /_/health

Environment:
${Object.entries(VARIABLES)
  .map(([name, { describe }]) => `  ${name.padEnd(35)}${describe}`)
  .join('\n')}

The default webhook secret, for development only: ${DEFAULT_OPTIONS.webhookSecret}
`;

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(HELP);
} else {
  const reading = readOptions(process.env);
  if (!reading.ok) {
    process.stderr.write(`mock-backend: the environment is not usable:\n${reading.problems.join('\n')}\n`);
    process.exit(2);
  }
  try {
    const backend = await startMockBackend(reading.options);
    process.stdout.write(`mock-backend listens on ${backend.url}\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void backend.stop());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const hint = code === 'EADDRINUSE' ? '; stop what holds the port, or set MOCK_BACKEND_PORT' : '';
    process.stderr.write(`mock-backend: ${message}${hint}\n`);
    process.exit(1);
  }
}
