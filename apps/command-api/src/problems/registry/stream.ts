import { status as Grpc } from '@grpc/grpc-js';
import type { ProblemDefinitions } from '../definition.ts';

/** Ends of event streams. */
export const STREAM_PROBLEMS = {
  'events-gone': {
    title: 'Events after this id are no longer kept',
    status: 410,
    grpc: Grpc.OUT_OF_RANGE,
    advice: 'Open the stream without an id, and read what you missed from the lists.',
  },
  'too-many-streams': {
    title: 'The token has too many event streams',
    status: 429,
    grpc: Grpc.RESOURCE_EXHAUSTED,
    advice: 'Close a stream first, or read the events of several charge points and types in one stream.',
    example: { limit: 10 },
  },
  'stream-too-slow': {
    title: 'The reader of the event stream is too slow',
    status: 429,
    grpc: Grpc.RESOURCE_EXHAUSTED,
    advice: 'Open the stream again with the last id that you received, and read it faster, or ask for fewer types.',
  },
  'stream-stopped': {
    title: 'This instance of the gateway ends its event streams',
    status: 503,
    grpc: Grpc.UNAVAILABLE,
    advice: 'Open the stream again with the last id that you received.',
  },
} as const satisfies ProblemDefinitions;
