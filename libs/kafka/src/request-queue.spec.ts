import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createRequire } from 'node:module';
import { eventually } from '@ocpp-gw/testing';
import { lookOnlyForPendingRequests } from './request-queue.ts';

interface Queue {
  push(request: { entry: { correlationId: number }; expectResponse: boolean; sendRequest: () => void }): void;
  fulfillRequest(response: { correlationId: number; payload: null; size: number }): void;
  maybeThrottle(ms: number): void;
}

const logger = { debug: () => undefined, warn: () => undefined };

function queue(): { sut: Queue; sent: number[]; send: (correlationId: number) => void } {
  lookOnlyForPendingRequests();
  const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (o: object) => Queue;
  const sut = new RequestQueue({ maxInFlightRequests: 1, logger });
  const sent: number[] = [];
  const send = (correlationId: number) =>
    sut.push({
      entry: Object.assign({ correlationId }, { resolve: () => undefined }),
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    });
  return { sut, sent, send };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe(lookOnlyForPendingRequests.name, () => {
  it('sets no timer where no request waits', () => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const { sut, sent, send } = queue();
    send(1);
    sut.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
    expect(sent).toEqual([1]);
    expect(timers).not.toHaveBeenCalled();
  });

  it('sends what waited for an answer', () => {
    const { sut, sent, send } = queue();
    send(1);
    send(2);
    expect(sent).toEqual([1]);
    sut.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
    expect(sent).toEqual([1, 2]);
  });

  it('sends what the broker slowed down, once that time is over', async () => {
    const { sut, sent, send } = queue();
    sut.maybeThrottle(50);
    send(1);
    expect(sent).toEqual([]);
    await eventually(() => sent.length === 1);
  });
});
