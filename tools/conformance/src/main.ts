/**
 * Writes docs/08-ocpp-conformance.md from the results of the last test runs; `--check` only says whether it is current.
 *
 *   make tests && make conformance
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FIELD_RULES, type FieldRule } from '@ocpp-gw/ocpp-j';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import * as v16 from '@ocpp-gw/ocpp-v16/commands';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import * as v201 from '@ocpp-gw/ocpp-v201/commands';
import { format } from 'prettier';
import { CASES_V16 } from './cases-v16.ts';
import { CASES_V201 } from './cases-v201.ts';
import { type Subject, conformanceMatrix, uncovered } from './matrix.ts';
import { ROOT, readResults } from './results.ts';

const DOCUMENT = 'docs/08-ocpp-conformance.md';

const HEADER = `<!-- Made by \`make conformance\` from the results of \`make tests\`: do not edit. -->

# OCPP conformance

What is shown here was shown by a test that passed; what no test shows says so. A schema round-trips when generated valid payloads are
accepted and generated payloads with one fault are refused with the code of that fault.
`;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const results = readResults();
const subjects: readonly Subject[] = [
  {
    version: 'OCPP 1.6',
    library: 'libs/ocpp-v16',
    inbound: Object.keys(ocpp16.actions).sort(),
    outbound: [...v16.outboundActions].sort(),
    cases: CASES_V16,
    rules: rulesOf('1.6'),
  },
  {
    version: 'OCPP 2.0.1',
    library: 'libs/ocpp-v201',
    inbound: Object.keys(ocpp201.actions).sort(),
    outbound: [...v201.outboundActions].sort(),
    cases: CASES_V201,
    rules: rulesOf('2.0.1'),
  },
];
const matrix = subjects.map((subject) => conformanceMatrix(subject, results)).join('\n\n');
const current = await format(`${HEADER}\n${matrix}\n`, { parser: 'markdown', printWidth: 120 });
const path = join(ROOT, DOCUMENT);
if (values.check) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== current) {
    console.error(`${DOCUMENT} is not what the tests showed: run \`make conformance\` after \`make tests\``);
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, current);
  console.log(`${DOCUMENT}: ${uncovered(current)} rows without a test`);
}

function rulesOf(version: '1.6' | '2.0.1'): readonly FieldRule[] {
  return (FIELD_RULES as readonly FieldRule[]).filter((rule) => (rule.version ?? version) === version);
}
