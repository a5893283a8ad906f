import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { stringify } from 'yaml';

/**
 * Writes the API description and the page of errors from the code. An entry of its own, run without the source condition: it loads
 * command-api as it was built.
 * @returns with `check`: whether the files on disk are what they should be; nothing is written then.
 */
async function openapiDocs(check: boolean): Promise<boolean> {
  const built = join(ROOT, 'apps/command-api/dist/rest/openapi');
  const { documentOfRoutes } = (await import(join(built, 'export.js'))) as { documentOfRoutes(): Promise<object> };
  const { errorsPage } = (await import(join(built, 'errors-page.js'))) as { errorsPage(): string };
  const document = JSON.parse(JSON.stringify(await documentOfRoutes())) as object;
  const files = {
    'docs/api/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'docs/api/openapi.yaml': stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 }),
    'docs/errors.md': errorsPage(),
  };
  const stale = Object.entries(files).filter(([file, content]) => read(file) !== content);
  if (check) {
    for (const [file] of stale) console.error(`${file} is not what the code says: run \`make openapi-export\``);
    return stale.length === 0;
  }
  for (const [file, content] of stale) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true });
    writeFileSync(join(ROOT, file), content);
  }
  return true;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(join(ROOT, file), 'utf8');
  } catch {
    return undefined;
  }
}

process.exitCode = (await openapiDocs(process.argv.includes('--check'))) ? 0 : 1;
