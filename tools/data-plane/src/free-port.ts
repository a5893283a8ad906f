import { randomInt } from 'node:crypto';

import { portIsFree } from './port-holder.ts';

/** Below the kernel's ephemeral range (32768-60999), so that no outgoing connection takes the port before its server does. */
const FIRST = 20_000;
const LAST = 32_000;
const TRIES = 200;

/** What was given away may not be listened on yet: never the same twice. */
const given = new Set<number>();

export async function pickFreePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const port = randomInt(FIRST, LAST);
    if (taken.has(port) || given.has(port)) continue;
    given.add(port);
    if (await portIsFree(port)) return port;
  }
  throw new Error(`no free port found between ${FIRST} and ${LAST} on 127.0.0.1 in ${TRIES} tries`);
}

export async function pickFreePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => pickFreePort()));
}
