export type { LoadOptions } from './options.ts';
export { readOptions } from './options.ts';
export { runDay } from './run.ts';
export { buildReport, type Report } from './report/model.ts';
export { renderPage } from './report/html.ts';
export { renderReport } from './report/text.ts';
export { problemsOf } from './report/verdicts.ts';
export type { Stack } from './stack/stack.ts';
