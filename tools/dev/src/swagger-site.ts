import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { Command } from 'commander';
import { serveFolder } from './serve-folder.ts';

type Content = { text: string } | { file: string };
interface Built {
  documentOfRoutes(): Promise<{ info: { description: string }; servers: object[] }>;
  docsSite(links: object, document: object): Record<string, Content>;
  STATIC: Record<string, string>;
  SERVED: Record<string, string>;
}

const FOLDER = join(ROOT, '.run/swagger');

/**
 * Writes Swagger UI and ReDoc as files that any web server can serve. An entry of its own, run without the source condition: it loads
 * command-api as it was built.
 */
async function writeSite(gateway: string): Promise<void> {
  const built = join(ROOT, 'apps/command-api/dist/rest');
  const parts = ['openapi/export.js', 'docs/site.js', 'docs/links.js'].map((file) => import(join(built, file)));
  const { documentOfRoutes, docsSite, STATIC, SERVED } = Object.assign({}, ...(await Promise.all(parts))) as Built;
  const document = await documentOfRoutes();
  const server = { url: gateway, description: 'The gateway that is called' };
  const description = document.info.description.replace(`(${SERVED['errors']})`, `(${STATIC['errors']})`);
  const site = docsSite(STATIC, { ...document, info: { ...document.info, description }, servers: [server] });
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, content] of Object.entries(site)) {
    const target = join(FOLDER, String(STATIC[name]));
    if ('text' in content) writeFileSync(target, content.text);
    else copyFileSync(content.file, target);
  }
  console.log(`${FOLDER}: Swagger UI in ${STATIC['swagger']}, ReDoc in ${STATIC['redoc']}`);
}

const { gateway, serve } = new Command('swagger')
  .option('--gateway <url>', 'the gateway that "Execute" calls', 'http://localhost:8080')
  .option('--serve <port>', 'serve the folder there until the process is ended')
  .parse()
  .opts<{ gateway: string; serve?: string }>();
await writeSite(gateway);
if (serve !== undefined) {
  const origin = await serveFolder(FOLDER, Number(serve));
  console.log(`${origin}/\n"Execute" needs EVEYS_OCPP_REST_CORS_ORIGINS=${origin} in command-api`);
}
