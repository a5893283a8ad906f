import { loadavg, release } from 'node:os';
import { measureMemory } from './measure.ts';
import { readMemoryOptions } from './options.ts';
import { memoryReport } from './report.ts';

const argv = process.argv.slice(2);
const options = readMemoryOptions(argv);
const startedAt = new Date();
const [load = 0] = loadavg();

try {
  const servers = await measureMemory(options, (what) => console.error(`bench: ${what}`));
  console.log(
    [
      `bench-memory ${argv.join(' ')}`.trim(),
      `${startedAt.toISOString()}, ${((Date.now() - startedAt.getTime()) / 1000).toFixed(0)} s in all, load average before ${load.toFixed(1)}`,
      `Linux ${release()}, Node ${process.version}, ${options.chargers} chargers, ${options.seconds} s of silence`,
      '',
      memoryReport(servers),
    ].join('\n'),
  );
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
