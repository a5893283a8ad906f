import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Express } from 'express';
import { createRequire } from 'node:module';

const SWAGGER_UI = '/api/v1/docs';
const REDOC = '/api/v1/redoc';
const REDOC_SCRIPT = `${REDOC}/redoc.standalone.js`;
const DOCUMENT = '/api/v1/openapi.json';

/** Allows no other host, not even the one from which ReDoc would fetch its logo. */
const REDOC_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src blob:";

const REDOC_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>OCPP gateway</title>
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
  return path === DOCUMENT || [SWAGGER_UI, REDOC].some((root) => path === root || path.startsWith(`${root}/`));
}

/** Serves Swagger UI, ReDoc and the document from our own disk. */
export function mountDocs(app: NestExpressApplication, document: OpenAPIObject): void {
  SwaggerModule.setup(SWAGGER_UI, app, document, {
    raw: ['json'],
    jsonDocumentUrl: DOCUMENT,
    customSiteTitle: 'OCPP gateway',
    swaggerOptions: { persistAuthorization: true },
  });
  const script = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
  const http = app.getHttpAdapter().getInstance() as Express;
  http.get(REDOC, (_request, response) => {
    response.setHeader('Content-Security-Policy', REDOC_POLICY).type('html').send(REDOC_PAGE);
  });
  http.get(REDOC_SCRIPT, (_request, response) => response.sendFile(script));
}
