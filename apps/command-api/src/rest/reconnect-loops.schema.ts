import type { ReconnectLoop } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const reconnectLoop = z
  .object({
    cp_id: z.string(),
    pod: z.string().describe('Instance that it connects to'),
    since: timestamp.describe('Its connections have been short since then'),
    last: timestamp.describe('Its latest connection'),
    connections: z.number().int().describe('Connections in a row that did not last'),
    takeovers: z
      .number()
      .int()
      .describe('Of these, how many took the place of one that was open; nearly all: two may share the identity'),
    delay_s: z.number().describe('How long it has to wait between the beginnings of two of them, seconds'),
    sources: z.array(z.string()).describe('Addresses they came from, the latest last'),
  })
  .meta({ id: 'ReconnectLoop' });

export const reconnectLoopPage = pageOf(reconnectLoop).meta({ id: 'ReconnectLoopPage' });

export function renderReconnectLoop(loop: ReconnectLoop): z.infer<typeof reconnectLoop> {
  return {
    cp_id: loop.cpId,
    pod: loop.pod,
    since: new Date(loop.since).toISOString(),
    last: new Date(loop.last).toISOString(),
    connections: loop.connections,
    takeovers: loop.takeovers,
    delay_s: loop.delayMs / 1000,
    sources: loop.sources,
  };
}
