import type { OpenAPIObject } from '@nestjs/swagger';
import { createRequire } from 'node:module';
import { errorsBody } from './errors-html.ts';
import { htmlPage } from './html-page.ts';
import type { DocsLinks } from './links.ts';
import { FAVICON, REDOC_STYLE, SWAGGER_STYLE, swaggerStart } from './look.ts';

/** What one link leads to: a text, or a file of a package on our own disk. */
export type DocsContent = { type: string } & ({ text: string } | { file: string });

/** Swagger UI, ReDoc, the page of errors, the document, and all that they load: nothing comes from another host. */
export function docsSite(links: DocsLinks, document: OpenAPIObject): Record<keyof DocsLinks, DocsContent> {
  const { resolve } = createRequire(import.meta.url);
  const calls = (document.servers ?? []).flatMap(({ url }) => (URL.canParse(url) ? [new URL(url).origin] : []));
  const page = (current: 'swagger' | 'redoc' | 'errors', body: string, head = ''): DocsContent => ({
    type: 'text/html',
    text: htmlPage({ links, calls, current, head, body }),
  });
  return {
    swagger: page(
      'swagger',
      `<div id="swagger-ui"></div>
    <script src="${links.swaggerScript}"></script>
    <script src="${links.swaggerStart}"></script>`,
      `<link rel="stylesheet" href="${links.swaggerStyle}">
    <style>${SWAGGER_STYLE}</style>`,
    ),
    swaggerStyle: { type: 'text/css', file: resolve('swagger-ui-dist/swagger-ui.css') },
    swaggerScript: { type: 'text/javascript', file: resolve('swagger-ui-dist/swagger-ui-bundle.js') },
    swaggerStart: { type: 'text/javascript', text: swaggerStart(links.document) },
    redoc: page(
      'redoc',
      `<redoc spec-url="${links.document}" scroll-y-offset="nav"></redoc>
    <script src="${links.redocScript}"></script>`,
      `<style>${REDOC_STYLE}</style>`,
    ),
    redocScript: { type: 'text/javascript', file: resolve('redoc/bundles/redoc.standalone.js') },
    document: { type: 'application/json', text: JSON.stringify(document) },
    errors: page('errors', errorsBody()),
    icon: { type: 'image/svg+xml', text: FAVICON },
  };
}
