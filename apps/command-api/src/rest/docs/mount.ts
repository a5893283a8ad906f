import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Express } from 'express';
import { SERVED } from './links.ts';
import { docsSite } from './site.ts';

export const ERRORS = SERVED.errors;

/** Whether the path is served without a token while the API documents are enabled. */
export function isDocsPath(path: string): boolean {
  return Object.values(SERVED).includes(path.replace(/(?<=.)\/$/, ''));
}

/** Serves the pages for readers of the API. */
export function mountDocs(app: NestExpressApplication, document: OpenAPIObject): void {
  const http = app.getHttpAdapter().getInstance() as Express;
  const site = docsSite(SERVED, document);
  for (const [name, content] of Object.entries(site))
    http.get(SERVED[name as keyof typeof site], (_request, response) => {
      response.type(content.type);
      if ('text' in content) response.send(content.text);
      else response.sendFile(content.file);
    });
}
