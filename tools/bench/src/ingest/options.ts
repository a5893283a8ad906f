import { Command } from 'commander';
import { whole } from '../options.ts';

export interface IngestOptions {
  samples: number;
  chargers: number;
  /** How long single events are sent afterwards, to see how soon they can be queried. */
  freshness: number;
  /** Where the V8 CPU profile of the ingestor goes. */
  profile?: string;
}

export function readIngestOptions(argv: readonly string[]): IngestOptions {
  return new Command('bench-ingest')
    .description('Samples a second from Kafka to queryable in ClickHouse, and their cost')
    .option('--samples <n>', 'that wait in Kafka, seven in an event', whole(7, 50_000_000), 2_000_000)
    .option('--chargers <n>', 'that they come from', whole(1, 100_000), 1_000)
    .option('--freshness <seconds>', 'of single events afterwards', whole(0, 600), 20)
    .option('--profile <directory>', 'write a V8 CPU profile of the ingestor there')
    .parse(argv, { from: 'user' })
    .opts<IngestOptions>();
}
