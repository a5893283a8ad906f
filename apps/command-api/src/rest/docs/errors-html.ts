import { PROBLEM_KINDS, problemDefinition, problemType, type ProblemKind } from '../../problems/registry.ts';
import { exampleProblem } from '../problem.schema.ts';

const STYLE = `
main { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
main h2 { scroll-margin-top: 60px }
main pre { background: #f2f5f8; padding: 1rem; overflow: auto }
main code { overflow-wrap: anywhere }
main :target { background: #fdf3d0 }
`;

/** docs/errors.md for a page of the gateway: each type of problem has an anchor of its name. */
export function errorsBody(): string {
  return `<style>${STYLE}</style>
    <main>
    <h1>Errors</h1>
    ${PROBLEM_KINDS.map(section).join('\n    ')}
    </main>`;
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
