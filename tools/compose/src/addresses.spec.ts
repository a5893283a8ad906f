import { expect, it } from '@jest/globals';
import { openAddresses } from './addresses.ts';

it('gives the addresses at which the engine has opened the ports', async () => {
  const open: Record<string, string> = {
    'envoy 9443': '0.0.0.0:19443\n',
    'envoy 9000': '127.0.0.1:19000\n',
    'command-api 8080': '10.0.0.5:8080\n',
    'command-api 50051': '[::]:50051\n',
    'clickhouse 8123': '127.0.0.1:18123\n',
    'mock-backend 9200': '127.0.0.1:9200\n',
  };
  const read = (...[, service, port]: readonly string[]) => Promise.resolve(open[`${service} ${port}`] ?? '');
  expect(await openAddresses({ read })).toEqual({
    websocket: 'wss://localhost:19443',
    plain: 'ws://localhost:19000',
    rest: 'http://10.0.0.5:8080/api/v1',
    grpc: 'localhost:50051',
    clickhouse: 'http://localhost:18123',
    backend: 'http://localhost:9200',
  });
});
