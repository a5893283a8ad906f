import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DECLARED = /^export const (\w+) = outbound(?:By)?\(/m;

/** The list of a version's commands: what each file of the folder makes with `outbound` or `outboundBy`. */
export function writeCommandList(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  const commands = files.sort().flatMap((file) => {
    const name = DECLARED.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
    return name === undefined ? [] : [{ file, name }];
  });
  const imports = commands.map(({ file, name }) => `import { ${name} } from '../commands/${file}';\n`);
  const list = commands.map(({ name }) => `  ${name},\n`);
  return `${imports.join('')}\nexport const commands = [\n${list.join('')}] as const;\n`;
}
