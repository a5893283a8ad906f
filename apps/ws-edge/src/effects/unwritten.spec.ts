import { describe, expect, it } from '@jest/globals';
import { DatabaseUnavailableError } from '@ocpp-gw/persistence';
import { eventually } from '@ocpp-gw/testing';
import { Unwritten } from './unwritten.ts';

const away = new DatabaseUnavailableError('away');

/** What each write meets, and what was written. */
function start(...errors: (Error | null)[]) {
  const written: string[] = [];
  const sut = new Unwritten<string>(async (item) => {
    const error = errors.shift();
    if (error) throw error;
    written.push(item);
  }, 5);
  return { sut, written };
}

describe(Unwritten.name, () => {
  it('writes what it keeps in order, once Postgres is back', async () => {
    const { sut, written } = start(away, null, away);
    for (const item of ['a', 'b', 'c']) sut.keep(item, away);
    await eventually(() => written.length === 3);
    expect(written).toEqual(['a', 'b', 'c']);
    sut.keep('d', away);
    await eventually(() => written.length === 4);
    expect(written).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps nothing that Postgres refuses', async () => {
    const refused = new Error('value too long');
    const { sut, written } = start(refused);
    sut.keep('a', refused);
    sut.keep('b', away);
    sut.keep('c', away);
    await eventually(() => written.length > 0);
    expect(written).toEqual(['c']);
  });
});
