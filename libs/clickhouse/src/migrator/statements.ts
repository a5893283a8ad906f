/** Ends a comment, a string or a quoted name that starts here; -1 when it is never closed. */
function endOfToken(sql: string, at: number): number | undefined {
  const two = sql.slice(at, at + 2);
  if (two === '--') {
    const newline = sql.indexOf('\n', at);
    return newline < 0 ? sql.length : newline;
  }
  if (two === '/*') {
    const close = sql.indexOf('*/', at + 2);
    return close < 0 ? -1 : close + 2;
  }
  const quote = sql[at];
  if (quote !== "'" && quote !== '"' && quote !== '`') return undefined;
  for (let end = at + 1; end < sql.length; end += 1) {
    if (sql[end] === '\\') end += 1;
    // A doubled quote stands for the quote itself. The loop treats the rest as another quoted text, with the same
    // result.
    else if (sql[end] === quote) return end + 1;
  }
  return -1;
}

/**
 * Splits a script at the semicolons that end statements: those in strings, quoted names and comments do not.
 * @throws Error when a string, name or comment is never closed.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let code = '';
  let start = 0;
  const finish = (end: number): void => {
    if (code.trim()) statements.push(sql.slice(start, end).trim());
    code = '';
    start = end + 1;
  };
  for (let at = 0; at < sql.length;) {
    const end = endOfToken(sql, at);
    if (end === -1) throw new Error(`line ${sql.slice(0, at).split('\n').length}: ${sql[at]} is never closed`);
    if (end !== undefined) {
      if (!/^(--|\/\*)/.test(sql.slice(at, at + 2))) code += sql.slice(at, end);
      at = end;
      continue;
    }
    if (sql[at] === ';') finish(at);
    else code += sql[at];
    at += 1;
  }
  finish(sql.length);
  return statements;
}
