import { answerRequests } from '@ocpp-gw/bench';
import { Generator } from './generator.ts';
import type { GeneratorRequest, Progress } from './protocol.ts';

let generator: Generator | undefined;

function running(): Generator {
  if (!generator) throw new Error('nothing was prepared');
  return generator;
}

answerRequests(async (request: GeneratorRequest): Promise<unknown> => {
  switch (request.do) {
    case 'prepare':
      generator = new Generator(request.options, (interval) => void process.send?.({ interval } satisfies Progress));
      return undefined;
    case 'run':
      return running().run(request.phase, request.startAt);
    case 'acknowledged':
      return running().acknowledged;
  }
});
