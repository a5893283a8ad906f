import { Ajv, _ } from 'ajv';
import formats from 'ajv-formats/dist/formats.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import type { Catalogue } from './catalogue.ts';

const DOCUMENT = 'ocpp';

/**
 * Compiles every message ahead of time to one self-contained ES module. `fast` stops at a message's first fault and serves
 * the charger's hot path, where a megabyte of faults must not become a million error objects; `thorough` finds
 * all faults, for people who send commands.
 */
export async function writeValidators(catalogue: Catalogue, kind: 'fast' | 'thorough'): Promise<string> {
  const messages = catalogue.messages.filter(({ side }) => kind === 'fast' || side === 'request');
  const ajv = new Ajv({
    allErrors: kind === 'thorough',
    strict: false,
    // JSON's 1e999 is Infinity to JavaScript, and no number of any meter.
    strictNumbers: true,
    // 0.1 is no binary fraction: without a tolerance a third of its true multiples fail.
    multipleOfPrecision: 6,
    formats: { 'date-time': formats.fullFormats['date-time'], uri: formats.fullFormats.uri },
    code: { source: true, esm: true, lines: true, formats: _`require("ajv-formats/dist/formats").fullFormats` },
  });
  ajv.addSchema({ $id: DOCUMENT, ...catalogue.document });
  const modules = standaloneCode.default(
    ajv,
    Object.fromEntries(messages.map(({ name }) => [name, `${DOCUMENT}#/definitions/${name}`])),
  );
  const table = catalogue.actions.map((action) =>
    kind === 'fast'
      ? `  ${action}: { request: ${action}Request, response: ${action}Response },`
      : `  ${action}: ${action}Request,`,
  );
  const entry = [
    `import { ${messages.map(({ name }) => name).join(', ')} } from 'compiled';`,
    `export const ${kind === 'fast' ? 'validators' : 'thoroughValidators'} = {`,
    ...table,
    '};',
  ].join('\n');
  return bundle(entry, modules);
}

/** The compiled code requires Ajv's run-time pieces; they go in, so that nothing is required at run time. */
async function bundle(entry: string, compiled: string): Promise<string> {
  const resolveDir = import.meta.dirname;
  const result = await build({
    stdin: { contents: entry, resolveDir, loader: 'js' },
    // Paths in the output's comments must not depend on where the tool is started.
    absWorkingDir: resolveDir,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2024',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
    plugins: [
      {
        name: 'compiled-schemas',
        setup(context) {
          context.onResolve({ filter: /^compiled$/ }, () => ({ path: 'compiled', namespace: 'compiled' }));
          context.onLoad({ filter: /.*/, namespace: 'compiled' }, () => ({
            contents: compiled,
            resolveDir,
            loader: 'js',
          }));
        },
      },
    ],
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error('esbuild gave no output');
  if (/^(?!.*\.code = ).*\b(?:require|eval|new Function)\(/m.test(file.text))
    throw new Error('the validators would require or compile at run time');
  return file.text;
}
