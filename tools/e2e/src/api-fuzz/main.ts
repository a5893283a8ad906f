import { parseArgs } from 'node:util';
import { FOLDER, fuzzAll } from './fuzz.ts';
import { renderFindings, renderResults } from './report.ts';

const { values } = parseArgs({
  options: { examples: { type: 'string', default: '25' }, seed: { type: 'string', default: '1' } },
});
const results = await fuzzAll({ examples: Number(values.examples), seed: Number(values.seed) });
for (const result of results) console.log(renderFindings(result));
console.log(`\nexamples ${values.examples}, seed ${values.seed}\n\n${renderResults(results)}`);
const isClean = results.every(({ findings }) => findings.length === 0);
if (!isClean) console.log(`\nThe requests of each finding are in ${FOLDER}.`);
// A charger that was interrupted would try to reconnect for ever.
process.exit(isClean ? 0 : 1);
