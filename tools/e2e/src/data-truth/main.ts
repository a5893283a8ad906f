import { parseArgs } from 'node:util';
import { FOLDER } from './evidence.ts';
import { renderRun } from './report.ts';
import { compareWithTruth } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '7' },
    chargers: { type: 'string', default: '120' },
    sessions: { type: 'string', default: '4' },
  },
});
const [seed, chargers, sessions] = [values.seed, values.chargers, values.sessions].map(Number) as [
  number,
  number,
  number,
];
const { verdicts, sessions: all } = await compareWithTruth({
  seed,
  chargers,
  sessions,
  report: (message) => console.log(`${new Date().toISOString().slice(11, 19)} ${message}`),
});
console.log(`\nseed ${seed}, ${chargers} chargers, ${sessions} sessions each\n\n${renderRun(verdicts, all)}`);
console.log(`\nWhat was compared is in ${FOLDER}.`);
// A charger that was interrupted would try to reconnect for ever.
process.exit(verdicts.some(({ outcome }) => outcome === 'wrong') ? 1 : 0);
