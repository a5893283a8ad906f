import { expect, it } from '@jest/globals';
import { redisKeys, type CommandEnvelope } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { EventEmitter } from 'node:events';
import { Registry } from 'prom-client';
import { createMetrics } from '../metrics.ts';
import { MeasuredCaller } from './measured-caller.ts';

class Connection extends EventEmitter {
  status = 'ready';
  subscribe = (): Promise<number> => Promise.resolve(1);
  unsubscribe = (): Promise<number> => Promise.resolve(0);
  publish = (_channel: string, text: string): Promise<number> => Promise.resolve(this.reply(text));
  /** Answers a command for CP1; nobody owns another. */
  private reply(text: string): number {
    const { requestId, cpId } = JSON.parse(text) as CommandEnvelope;
    if (cpId !== 'CP1') return 0;
    const outcome = { kind: 'result', action: 'Reset', payload: { status: 'Accepted' } };
    this.emit('message', redisKeys.reply(requestId), JSON.stringify({ v: 1, requestId, cpId, epoch: 1, outcome }));
    return 1;
  }
}

it('measures how commands end on the bus', async () => {
  const registry = new Registry();
  const { bus } = createMetrics(registry);
  const connection = new Connection();
  const redis = connection as unknown as Redis;
  const log = (): void => undefined;
  const sut = new MeasuredCaller(
    { publisher: redis, subscriber: redis, logger: { debug: log, info: log, warn: log, error: log } },
    bus,
  );
  sut.start();
  const send = (cpId: string): Promise<unknown> =>
    sut.send(cpId, { kind: 'Reset', type: 'Hard' }, { commandId: crypto.randomUUID(), deadline: Date.now() + 2_000 });
  await send('CP1');
  await send('CP2');
  connection.status = 'reconnecting';
  await expect(send('CP1')).rejects.toThrow();
  await sut.stop();
  const text = await registry.metrics();
  for (const outcome of ['answered', 'offline', 'unavailable'])
    expect(text).toContain(`eveys_ocpp_bus_command_duration_seconds_count{outcome="${outcome}"} 1`);
  expect(text).toContain('eveys_ocpp_bus_commands_open 0');
});
