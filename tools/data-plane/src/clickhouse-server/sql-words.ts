/** A scanner that knows just enough of ClickHouse's lexer to tell code from strings, quoted names and comments. */

export interface SqlWord {
  /** A bare word, or one character of anything else that is neither a space, a comment, a string nor a quoted name. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How many parentheses, brackets and braces are open around it. */
  readonly depth: number;
}

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const HEREDOC = /\$[A-Za-z0-9_]*\$/y;

/** Quoted text counts as one opaque word, so that a statement ending in a string is not taken for an empty one. */
export function* scanWords(sql: string): Generator<SqlWord> {
  let depth = 0;
  for (let at = 0; at < sql.length;) {
    const skipped = skipBlank(sql, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const end = endOfWord(sql, at);
    const text = sql.slice(at, end);
    if (text === ')' || text === ']' || text === '}') depth = Math.max(0, depth - 1);
    yield { text, start: at, end, depth };
    if (text === '(' || text === '[' || text === '{') depth++;
    at = end;
  }
}

function skipBlank(sql: string, at: number): number {
  if (/\s/.test(sql.charAt(at))) return at + 1;
  if (sql.startsWith('--', at) || sql.startsWith('# ', at) || sql.startsWith('#!', at))
    return endingAfter(sql, '\n', at);
  if (sql.startsWith('/*', at)) return endingAfter(sql, '*/', at + 2);
  return at;
}

function endOfWord(sql: string, at: number): number {
  const first = sql.charAt(at);
  if (first === "'" || first === '"' || first === '`') return endOfQuoted(sql, first, at + 1);
  if (first === '$') {
    HEREDOC.lastIndex = at;
    const tag = HEREDOC.exec(sql)?.[0];
    if (tag) return endingAfter(sql, tag, at + tag.length);
  }
  WORD.lastIndex = at;
  return WORD.test(sql) ? WORD.lastIndex : at + 1;
}

/** A quote inside is doubled or follows a backslash; a doubled one reads as two strings in a row, which is as good here. */
function endOfQuoted(sql: string, quote: string, from: number): number {
  for (let at = from; at < sql.length; at++) {
    if (sql.charAt(at) === '\\') at++;
    else if (sql.charAt(at) === quote) return at + 1;
  }
  return sql.length;
}

function endingAfter(sql: string, mark: string, from: number): number {
  const at = sql.indexOf(mark, from);
  return at < 0 ? sql.length : at + mark.length;
}
