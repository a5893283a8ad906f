import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/** Files that a file names, and when it was read: an editor lints again and again. */
const known = new Map();

/** Relative imports carry their extension, so that a path is all there is to resolve. */
const targetOf = (importer, specifier) => (specifier.startsWith('.') ? resolve(dirname(importer), specifier) : null);

function importsOf(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return [];
  const before = known.get(file);
  if (before?.modified === stat.mtimeMs) return before.imports;
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  const imports = importedFiles.map(({ fileName }) => targetOf(file, fileName)).filter(Boolean);
  known.set(file, { modified: stat.mtimeMs, imports });
  return imports;
}

/** The files from `from` to `to`, both among them; null where no import leads there. */
function wayBetween(from, to) {
  const cameFrom = new Map([[from, null]]);
  for (const file of cameFrom.keys()) {
    if (file === to) {
      const way = [];
      for (let at = file; at !== null; at = cameFrom.get(at)) way.unshift(at);
      return way;
    }
    for (const next of importsOf(file)) if (!cameFrom.has(next)) cameFrom.set(next, file);
  }
  return null;
}

/** Files import each other in one direction. An import of types counts: whoever reads one file has to read the other. */
export const importCircles = {
  meta: { type: 'problem', schema: [], messages: { circle: 'These files import each other in a circle: {{way}}.' } },
  create(context) {
    const check = (node) => {
      const target = node.source && targetOf(context.filename, node.source.value);
      const way = target && wayBetween(target, context.filename);
      if (!way) return;
      const names = [context.filename, ...way].map((file) => file.split('/src/').at(-1));
      context.report({ node, messageId: 'circle', data: { way: names.join(' → ') } });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};
