import { cpus, loadavg, release } from 'node:os';
import { measureIngest } from './ingest.ts';
import { readIngestOptions } from './options.ts';
import { ingestReport } from './report.ts';

const argv = process.argv.slice(2);
const options = readIngestOptions(argv);
const [load = 0] = loadavg();
const [core, ...others] = cpus();

try {
  const ingested = await measureIngest(options, (what) => console.error(`bench-ingest: ${what}`));
  console.log(
    [
      `bench-ingest ${argv.join(' ')}`.trim(),
      `${new Date().toISOString()}, load average before ${load.toFixed(1)}`,
      `${others.length + 1} × ${core?.model ?? 'unknown'}, Linux ${release()}, Node ${process.version}`,
      '',
      ingestReport(ingested),
    ].join('\n'),
  );
} catch (error) {
  console.error(`bench-ingest: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
