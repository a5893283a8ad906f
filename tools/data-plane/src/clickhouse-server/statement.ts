/** What kind of statement a request carries: the server must part an INSERT from its data, which may be binary. */
import { scanWords, type SqlWord } from './sql-words.ts';

export interface InsertStatement {
  readonly kind: 'insert';
  readonly format: string;
  /** Data that followed the statement in the same text. */
  readonly data: Buffer;
  /** The statement that reads its data from a file instead, given as an SQL literal. */
  readonly readingFrom: (fileLiteral: string) => string;
}

export interface OtherStatement {
  readonly kind: 'other';
  readonly sql: string;
  /** The explicit output format. */
  readonly format?: string;
  /** Offset of a second statement: the HTTP interface takes one. */
  readonly secondAt?: number;
}

export type Statement = InsertStatement | OtherStatement;

const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** The landmarks met so far. Offsets are into the bytes. */
interface Landmarks {
  first?: string;
  /** `SELECT` or `WITH` of an `INSERT ... SELECT`. */
  selectAt?: number;
  /** Behind the parenthesis of the table function `input(`. */
  input?: { readonly start: number; readonly inside: number };
  settingsAt?: number;
  formatAt?: number;
  format?: string;
  closedAt?: number;
}

/** Bytes are read as Latin-1, one character a byte, so that offsets into the text are offsets into the bytes. */
export function readStatement(source: Buffer): Statement {
  const found: Landmarks = {};
  let previous: SqlWord | undefined;
  for (const word of scanWords(source.toString('latin1'))) {
    if (found.closedAt !== undefined && word.text !== ';') return other(source, found, word.start);
    if (found.first === 'INSERT' && word.text.toUpperCase() === 'VALUES' && word.depth === 0) break;
    note(found, word, previous);
    if (found.first === 'INSERT' && found.format !== undefined && takesData(found))
      return insert(source, found, found.format, word.end);
    previous = word;
  }
  return other(source, found);
}

function note(found: Landmarks, { text, start, end, depth }: SqlWord, previous: SqlWord | undefined): void {
  const upper = text.toUpperCase();
  found.first ??= upper;
  if (text === '(' && previous?.text.toLowerCase() === 'input') found.input ??= { start: previous.start, inside: end };
  if (depth > 0) return;
  if (text === ';') found.closedAt = start;
  else if (previous?.text.toUpperCase() === 'FORMAT' && found.formatAt === previous.start && IDENTIFIER.test(text))
    found.format = text;
  else if (upper === 'FORMAT') found.formatAt = start;
  else if (upper === 'SETTINGS') found.settingsAt = start;
  else if (upper === 'SELECT' || upper === 'WITH') found.selectAt ??= start;
}

/** An `INSERT ... SELECT` has data of its own only if it reads the table function input(). */
function takesData({ selectAt, input }: Landmarks): boolean {
  return selectAt === undefined || input !== undefined;
}

function insert(
  source: Buffer,
  { input, settingsAt, formatAt = 0, selectAt }: Landmarks,
  format: string,
  end: number,
): InsertStatement {
  const text = (from: number, to: number): string => source.toString('utf8', from, to).trim();
  const data = source.subarray(startOfData(source, end));
  if (selectAt !== undefined && input) {
    const [before, after] = [source.toString('utf8', 0, input.start), text(input.inside, formatAt)];
    const separator = after.startsWith(')') ? '' : ', ';
    return {
      kind: 'insert',
      format,
      data,
      readingFrom: (file) => `${before}file(${file}, ${format}${separator}${after}`,
    };
  }
  const target = text(0, settingsAt ?? formatAt);
  const settings = settingsAt === undefined ? '' : text(settingsAt, formatAt);
  return {
    kind: 'insert',
    format,
    data,
    readingFrom: (file) => `${target} FROM INFILE ${file} ${settings} FORMAT ${format}`,
  };
}

function other(source: Buffer, { format }: Landmarks, secondAt?: number): OtherStatement {
  return {
    kind: 'other',
    sql: source.toString('utf8'),
    ...(format !== undefined && { format }),
    ...(secondAt !== undefined && { secondAt }),
  };
}

const NEWLINE = 0x0a;
/** Space, tab, carriage return and semicolon. */
const BLANKS: readonly (number | undefined)[] = [0x20, 0x09, 0x0d, 0x3b];

/** ClickHouse skips blanks behind the format's name up to and including one newline; the rest is data, byte for byte. */
function startOfData(source: Buffer, end: number): number {
  let at = end;
  while (BLANKS.includes(source[at])) at++;
  return source[at] === NEWLINE ? at + 1 : at;
}
