import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Express } from 'express';
import { createRequire } from 'node:module';
import { errorsHtml } from './errors-html.ts';
import { FAVICON, STYLE, searchPlugin } from './look.ts';

const SWAGGER_UI = '/api/v1/docs';
const REDOC = '/api/v1/redoc';
const REDOC_SCRIPT = `${REDOC}/redoc.standalone.js`;
const DOCUMENT = '/api/v1/openapi.json';
/** Every browser asks for it, whatever a page says. */
const ICON = '/favicon.ico';
export const ERRORS = '/api/v1/errors';

/** Allows no other host, not even the one from which ReDoc would fetch its logo. */
const REDOC_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src blob:";

const REDOC_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>OCPP gateway</title>
    <link rel="icon" href="${ICON}">
    <style>body { margin: 0 }</style>
  </head>
  <body>
    <redoc spec-url="${DOCUMENT}"></redoc>
    <script src="${REDOC_SCRIPT}"></script>
  </body>
</html>
`;

/** Whether the path is served without a token while the API documents are enabled. */
export function isDocsPath(path: string): boolean {
  return (
    [DOCUMENT, ICON, ERRORS].includes(path) ||
    [SWAGGER_UI, REDOC].some((root) => path === root || path.startsWith(`${root}/`))
  );
}

/** Serves Swagger UI, ReDoc, the document and the page of errors from our own disk. */
export function mountDocs(app: NestExpressApplication, document: OpenAPIObject): void {
  SwaggerModule.setup(SWAGGER_UI, app, document, {
    raw: ['json'],
    jsonDocumentUrl: DOCUMENT,
    customSiteTitle: 'OCPP gateway',
    customfavIcon: ICON,
    customCss: STYLE,
    swaggerOptions: {
      persistAuthorization: true,
      filter: true,
      plugins: [searchPlugin],
      docExpansion: 'none',
      defaultModelsExpandDepth: -1,
      displayRequestDuration: true,
      tryItOutEnabled: true,
    },
  });
  const script = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
  const http = app.getHttpAdapter().getInstance() as Express;
  http.get(REDOC, (_request, response) => {
    response.setHeader('Content-Security-Policy', REDOC_POLICY).type('html').send(REDOC_PAGE);
  });
  http.get(ICON, (_request, response) => response.type('image/svg+xml').send(FAVICON));
  http.get(ERRORS, (_request, response) => response.type('html').send(errorsHtml(ICON)));
  http.get(REDOC_SCRIPT, (_request, response) => response.sendFile(script));
}
