import type { AddressInfo } from 'node:net';
import { RPCServer } from 'ocpp-rpc';

/** The peer library that checks as we do (strict mode: both directions by schema), with handlers that do nothing. */
const ANSWERS: Readonly<Record<string, object>> = {
  Authorize: { idTagInfo: { status: 'Accepted' } },
  BootNotification: { status: 'Accepted', interval: 300, currentTime: new Date().toISOString() },
  DataTransfer: { status: 'Accepted' },
  MeterValues: {},
  StartTransaction: { transactionId: 1, idTagInfo: { status: 'Accepted' } },
  StatusNotification: {},
  StopTransaction: {},
};

const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: true });
server.auth((accept) => accept());
server.on('client', (client) => {
  client.handle('Heartbeat', () => ({ currentTime: new Date().toISOString() }));
  for (const [action, answer] of Object.entries(ANSWERS)) client.handle(action, () => answer);
});
const http = await server.listen(0, '127.0.0.1');
process.send?.({ port: (http.address() as AddressInfo).port });
