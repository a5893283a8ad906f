import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { ConnectionLimit } from './connection-limit.ts';

let port = 1024;
function socket(remoteAddress: string): Socket {
  return Object.assign(new EventEmitter(), { remoteAddress, remotePort: port++, localPort: 9000 }) as unknown as Socket;
}

describe(ConnectionLimit.name, () => {
  it('S2 closes what comes beyond the limit of all sockets, and takes more when some are gone', () => {
    const sut = new ConnectionLimit({ max: 2, maxPending: 10 });
    const [a, b, c] = [socket('1.1.1.1'), socket('2.2.2.2'), socket('3.3.3.3')];
    expect([sut.accept(a), sut.accept(b), sut.accept(c)]).toEqual([[], [], [c]]);
    sut.settled(a);
    expect(sut.accept(c)).toEqual([c]);
    a.emit('close');
    expect(sut.accept(c)).toEqual([]);
  });

  it('S2 makes room before the handshake at the expense of the source that has most sockets there', () => {
    const sut = new ConnectionLimit({ max: 100, maxPending: 3 });
    const flood = [1, 2, 3].map(() => socket('6.6.6.6'));
    expect(flood.flatMap((each) => sut.accept(each))).toEqual([]);
    const more = socket('6.6.6.6');
    expect(sut.accept(more)).toEqual([more]);
    expect(sut.accept(socket('1.1.1.1'))).toEqual([flood[0]]);
    const other = socket('2.2.2.2');
    expect(sut.accept(other)).toEqual([flood[1]]);
    const last = socket('3.3.3.3');
    expect(sut.accept(last)).toEqual([last]);
  });

  it('S2 counts chargers that are in among all, and not among those that wait', () => {
    const sut = new ConnectionLimit({ max: 100, maxPending: 1 });
    for (let n = 0; n < 10; n++) {
      const charger = socket('1.1.1.1');
      expect(sut.accept(charger)).toEqual([]);
      sut.settled(charger);
    }
    const waits = socket('1.1.1.1');
    expect(sut.accept(waits)).toEqual([]);
    waits.emit('close');
    expect(sut.accept(socket('1.1.1.1'))).toEqual([]);
  });

  it('S2 drops a socket that is gone before it was looked at', () => {
    const gone = Object.assign(new EventEmitter(), {}) as unknown as Socket;
    expect(new ConnectionLimit({ max: 9, maxPending: 9 }).accept(gone)).toEqual([gone]);
  });
});
