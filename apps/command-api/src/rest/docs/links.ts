/** Where the pages for readers of the API are, and what they load. */
export interface DocsLinks {
  swagger: string;
  swaggerStyle: string;
  swaggerScript: string;
  swaggerStart: string;
  redoc: string;
  redocScript: string;
  document: string;
  errors: string;
  icon: string;
}

/** As the gateway serves them. */
export const SERVED: DocsLinks = {
  swagger: '/api/v1/docs',
  swaggerStyle: '/api/v1/docs/swagger-ui.css',
  swaggerScript: '/api/v1/docs/swagger-ui-bundle.js',
  swaggerStart: '/api/v1/docs/start.js',
  redoc: '/api/v1/redoc',
  redocScript: '/api/v1/redoc/redoc.standalone.js',
  document: '/api/v1/openapi.json',
  errors: '/api/v1/errors',
  // Every browser asks for it, whatever a page says.
  icon: '/favicon.ico',
};

/** As files in one folder, which any web server can serve. */
export const STATIC: DocsLinks = {
  swagger: 'index.html',
  swaggerStyle: 'swagger-ui.css',
  swaggerScript: 'swagger-ui-bundle.js',
  swaggerStart: 'start.js',
  redoc: 'redoc.html',
  redocScript: 'redoc.standalone.js',
  document: 'openapi.json',
  errors: 'errors.html',
  icon: 'favicon.svg',
};
