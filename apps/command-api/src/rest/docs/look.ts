/** How the pages look, and how Swagger UI searches. */

/** The favicon of all pages: a plug. */
export const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1c4a7d"/><path d="M6 3v3M10 3v3M4.5 6h7v2a3.5 3.5 0 0 1-7 0zM8 11.5v2" stroke="#fff" stroke-width="1.5" fill="none"/></svg>`;

/** Plain, in one colour. Errors are listed by what they mean, as all have the same shape and a page of their own with examples. */
export const SWAGGER_STYLE = `
.swagger-ui { font-family: system-ui, sans-serif; color: #1b2733 }
.swagger-ui .info { margin: 24px 0 }
.swagger-ui .info hgroup .link, .swagger-ui .try-out, .swagger-ui .response-col_links { display: none }
.swagger-ui .opblock { scroll-margin-top: 48px }
.swagger-ui .info .title { font-family: inherit; color: #1c4a7d }
.swagger-ui .info .title small.version-stamp { background: #1c4a7d }
.swagger-ui .scheme-container { box-shadow: none; border-bottom: 1px solid #d8dee6; padding: 12px 0; background: none }
.swagger-ui .filter .operation-filter-input { margin: 16px 0; max-width: 480px; border: 1px solid #9aa8b8; border-radius: 4px }
.swagger-ui .filter .operation-filter-input::placeholder { color: transparent }
.swagger-ui .filter > .col-12, .swagger-ui .filter { position: relative }
.swagger-ui .filter:has(.operation-filter-input:placeholder-shown)::after { content: 'Search routes: remote start, firmware, transactions …'; position: absolute; left: 32px; top: 27px; color: #5b6b7c; pointer-events: none; font-size: 14px }
.swagger-ui .opblock-tag { font-family: inherit; font-size: 18px; border-bottom: 1px solid #d8dee6 }
.swagger-ui .opblock-tag a span { display: inline-block }
.swagger-ui .opblock-tag a span::first-letter { text-transform: uppercase }
.swagger-ui .opblock-tag small { color: #5b6b7c }
.swagger-ui .opblock { box-shadow: none; border-radius: 4px }
.swagger-ui .btn.authorize { color: #1c4a7d; border-color: #1c4a7d }
.swagger-ui .btn.authorize svg { fill: #1c4a7d }
.swagger-ui .btn.execute { background: #1c4a7d; border-color: #1c4a7d }
.swagger-ui .responses-table:not(.live-responses-table) .response:is([data-code^="4"], [data-code^="5"]) :is(.response-controls, .model-example) { display: none }
@media (max-width: 640px) {
  .swagger-ui .opblock-tag { display: grid; grid-template-columns: 1fr auto; gap: 4px }
  .swagger-ui .opblock-tag small { grid-area: 2 / 1; padding: 0 }
  .swagger-ui table.parameters thead { display: none }
  .swagger-ui table.parameters tr, .swagger-ui table.parameters td { display: block; width: auto; padding-left: 0 }
  .swagger-ui .opblock-body, .swagger-ui .responses-inner { overflow-x: auto; overflow-wrap: anywhere }
}
`;

/** The groups begin with a capital letter, as in Swagger UI. */
export const REDOC_STYLE = `
redoc h2 > a { float: left }
redoc [role="menuitem"] > label > span::first-letter, redoc h2::first-letter { text-transform: uppercase }
`;

interface Groups {
  map(change: (group: Group, name: string) => Group): { filter(keep: (group: Group) => boolean): unknown };
}
interface Group {
  get(name: 'operations'): { size: number };
  update(name: 'operations', change: (operations: Operations) => unknown): Group;
}
interface Operations {
  filter(keep: (operation: { get(name: string): string; getIn(path: string[]): string }) => boolean): unknown;
}

/** Makes the filter box of Swagger UI find routes by the words of their group, path and summary, and not groups alone. It runs in the browser. */
function searchPlugin(): object {
  return {
    fn: {
      opsFilter(groups: Groups, phrase: string) {
        const words = phrase
          .toLowerCase()
          .split(/[\s-]+/)
          .filter(Boolean);
        return groups
          .map((group, name) =>
            group.update('operations', (operations) =>
              operations.filter((each) => {
                const text = [name, each.get('path'), each.getIn(['operation', 'summary'])].join(' ').toLowerCase();
                return words.every((word) => text.includes(word));
              }),
            ),
          )
          .filter((group) => group.get('operations').size > 0);
      },
    },
  };
}

/** The script that starts Swagger UI in its page. */
export function swaggerStart(document: string): string {
  const options = {
    url: document,
    dom_id: '#swagger-ui',
    deepLinking: true,
    persistAuthorization: true,
    filter: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    displayRequestDuration: true,
    tryItOutEnabled: true,
  };
  return `SwaggerUIBundle({ ...${JSON.stringify(options)}, plugins: [${searchPlugin.toString()}] });\n`;
}
