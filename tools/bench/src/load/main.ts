import { drive, type LoadOrder } from './drive.ts';
import { answerRequests } from './forked.ts';
import type { LoadRequest } from './load-generator.ts';
import { RawCharger } from './raw-charger.ts';
import { identitiesOf, OPENING } from './workloads.ts';

let chargers: RawCharger[] = [];

async function connect(url: string, count: number): Promise<void> {
  chargers = await Promise.all(identitiesOf(count).map((identity) => RawCharger.connect(url, identity)));
  for (const template of OPENING) {
    const taken = await Promise.all(chargers.map((charger) => charger.call(template)));
    if (taken.includes(false)) throw new Error('a charger was answered a CALLERROR before the load began');
  }
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
