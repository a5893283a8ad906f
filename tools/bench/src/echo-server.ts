import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** What a WebSocket server in Node cannot go below: `ws`, JSON.parse, an answer. No validation, no store. */
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const [, id] = JSON.parse(data.toString()) as [number, string];
    socket.send(JSON.stringify([3, id, { currentTime: new Date().toISOString() }]));
  });
});
server.on('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }));
