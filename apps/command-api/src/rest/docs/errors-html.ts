import { PROBLEM_KINDS, problemDefinition, problemType, type ProblemKind } from '../../problems/registry.ts';
import { exampleProblem } from '../problem.schema.ts';

/** docs/errors.md as a page of the gateway: each type of problem has an anchor of its name. */
export function errorsHtml(icon: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Errors of the OCPP gateway</title>
    <link rel="icon" href="${icon}">
    <style>body { font-family: system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1b2733 } pre { background: #f2f5f8; padding: 1rem; overflow: auto } :target { background: #fdf3d0 }</style>
  </head>
  <body>
    <h1>Errors</h1>
    ${PROBLEM_KINDS.map(section).join('\n    ')}
  </body>
</html>
`;
}

function section(kind: ProblemKind): string {
  const { title, status, advice } = problemDefinition(kind);
  const example = JSON.stringify(exampleProblem(kind), null, 2);
  return `<h2 id="${kind}">${kind}</h2>
    <p>${escaped(title)}. HTTP ${status}, <code>${problemType(kind)}</code>.</p>
    <p>What to do: ${escaped(advice)}</p>
    <pre>${escaped(example)}</pre>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
