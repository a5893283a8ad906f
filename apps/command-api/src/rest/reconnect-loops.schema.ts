import type { ReconnectLoop } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';
import type { SourceOf } from './render.ts';

const reconnectLoop = z
  .object({
    cp_id: z.string().describe('Identity of the charge point'),
    pod: z.string().describe('ws-edge pod that the charge point connects to'),
    since: timestamp.describe('When the first of the short connections was opened'),
    last: timestamp.describe('When the latest connection was opened'),
    connections: z.number().int().describe('Number of short connections in a row'),
    takeovers: z
      .number()
      .int()
      .describe(
        'Number of those that replaced a connection that was still open. If this is nearly all of them, two charge points may ' +
          'share the identity',
      ),
    delay_s: z.number().describe('Time that must pass between the starts of two connections, in seconds'),
    sources: z.array(z.string()).describe('Remote addresses of the connections, the latest last'),
  })
  .meta({ id: 'ReconnectLoop' });

export const reconnectLoopPage = pageOf(reconnectLoop).meta({ id: 'ReconnectLoopPage' });

export function reconnectLoopOf(loop: ReconnectLoop): SourceOf<typeof reconnectLoop> {
  return { ...loop, since: new Date(loop.since), last: new Date(loop.last), delayS: loop.delayMs / 1000 };
}
