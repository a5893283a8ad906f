import { drive, type LoadOrder } from './drive.ts';
import { answerRequests } from './forked.ts';
import type { LoadRequest } from './load-generator.ts';
import { RawCharger } from './raw-charger.ts';
import { identitiesOf, OPENING } from './workloads.ts';

let chargers: RawCharger[] = [];

/** So many connect at once: more would wait beyond the time limit of a handshake. */
const AT_ONCE = 100;

async function connect(url: string, count: number): Promise<void> {
  const identities = identitiesOf(count);
  while (chargers.length < count) {
    const next = identities.slice(chargers.length, chargers.length + AT_ONCE);
    chargers.push(...(await Promise.all(next.map((identity) => open(url, identity)))));
  }
}

async function open(url: string, identity: string): Promise<RawCharger> {
  const charger = await RawCharger.connect(url, identity);
  for (const template of OPENING)
    if (!(await charger.call(template))) throw new Error('a charger was answered a CALLERROR before the load began');
  return charger;
}

function disconnect(): void {
  for (const charger of chargers) charger.close();
  chargers = [];
}

async function perform(request: LoadRequest): Promise<unknown> {
  switch (request.do) {
    case 'connect':
      return connect(request.url, request.chargers);
    case 'drive':
      return drive(chargers, request.order satisfies LoadOrder);
    case 'disconnect':
      return disconnect();
  }
}

answerRequests(perform);
