import { command, type Flags } from './command-line.ts';
import { prove } from './proof.ts';
import { renderOutcome } from './report.ts';
import { run } from './run.ts';

const flags = command().parse().opts<Flags>();
const report = (message: string): void => console.log(message);

try {
  if (flags.prove) {
    process.exitCode = (await prove(flags.seed, report)) ? 0 : 1;
  } else {
    const outcome = await run({ ...flags, report });
    report(`\n${renderOutcome(outcome)}`);
    process.exitCode = outcome.differences.length === 0 ? 0 : 1;
  }
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
// A run that was interrupted leaves chargers that would try to reconnect for ever.
process.exit();
