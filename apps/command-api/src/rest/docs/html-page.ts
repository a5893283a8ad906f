import type { DocsLinks } from './links.ts';

export interface HtmlPage {
  links: DocsLinks;
  /** Origins that its scripts may call besides its own. */
  calls?: readonly string[];
  /** Which of the pages it is. */
  current: 'swagger' | 'redoc' | 'errors';
  /** More for its head. */
  head?: string;
  body: string;
}

const TITLES = { swagger: 'Swagger UI', redoc: 'ReDoc', errors: 'Errors' };

const STYLE = `
body { margin: 0; font-family: system-ui, sans-serif; color: #1b2733 }
nav.pages { position: sticky; top: 0; z-index: 10; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 20px; padding: 10px 20px; background: #1c4a7d; font-size: 15px }
nav.pages * { color: #fff; text-decoration: none }
nav.pages strong { margin-right: auto }
@media (max-width: 640px) { nav.pages strong { flex-basis: 100% } nav.pages { position: static } }
nav.pages [aria-current], nav.pages a:hover { text-decoration: underline; text-underline-offset: 4px }
`;

/** Allows no other host, not even the one from which ReDoc would fetch its logo. */
const policy = (calls: readonly string[]): string =>
  [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    'worker-src blob:',
    ["connect-src 'self'", ...calls].join(' '),
  ].join('; ');

/** A page for readers of the API, with links to the others above it. */
export function htmlPage({ links, calls = [], current, head = '', body }: HtmlPage): string {
  const pages = Object.entries(TITLES).map(([page, title]) => {
    const here = page === current ? ' aria-current="page"' : '';
    return `<a href="${links[page as keyof typeof TITLES]}"${here}>${title}</a>`;
  });
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy(calls)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${TITLES[current]} · OCPP gateway</title>
    <link rel="icon" href="${links.icon}">
    <style>${STYLE}</style>
    ${head}
  </head>
  <body>
    <nav class="pages"><strong>OCPP gateway</strong>${pages.join('')}<a href="${links.document}">openapi.json</a></nav>
    ${body}
  </body>
</html>
`;
}
