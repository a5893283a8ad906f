import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import type { Finding, Probe } from './probe.ts';

const probes = JSON.parse(await text(process.stdin)) as Probe[];
const typed = new ESLint();
const untyped = new ESLint({ overrideConfig: { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked } });

const findings: Finding[][] = [];
for (const probe of probes) {
  const results = await (probe.typed ? typed : untyped).lintText(probe.code, { filePath: probe.file });
  findings.push(
    results.flatMap(({ messages }) =>
      messages.map(({ ruleId, messageId, message }) => ({ rule: ruleId, messageId, message })),
    ),
  );
}
process.stdout.write(JSON.stringify(findings));
