import { ddlFolder, readDdlFiles } from '../migrator/ddl-files.ts';
import { readViewFiles, viewsFolder } from '../migrator/view-files.ts';

/** A column as the files of the schema declare it. */
export interface DeclaredColumn {
  name: string;
  /** With DEFAULT or ALIAS, where it has one. */
  type: string;
  comment: string;
}

/** A table or a view as the files of the schema declare it. */
export interface DeclaredTable {
  columns: readonly DeclaredColumn[];
  /** The statement that made it. */
  statement: string;
}

const DECLARES =
  /^(CREATE TABLE IF NOT EXISTS|CREATE OR REPLACE VIEW|ALTER TABLE|DROP (?:TABLE|VIEW) IF EXISTS) (\w+)$/m;
const EXCHANGES = /^EXCHANGE TABLES (\w+) AND (\w+)$/m;
const RENAMES = /^RENAME TABLE IF EXISTS (\w+) TO (\w+)$/m;
const COLUMN = /^ {4}(?:ADD COLUMN IF NOT EXISTS )?(\w+) (.+?) COMMENT '((?:[^']|'')*)'/gm;

/** The tables and views of this build with their columns, as all its files leave them. */
export async function readDeclaredTables(): Promise<Map<string, DeclaredTable>> {
  const numbered = (await readDdlFiles(ddlFolder)).flatMap((file) => file.statements);
  const views = (await readViewFiles(viewsFolder)).map(({ statement }) => statement);
  return declaredTables([...numbered, ...views]);
}

export function declaredTables(statements: readonly string[]): Map<string, DeclaredTable> {
  const tables = new Map<string, DeclaredTable>();
  const put = (name: string, table: DeclaredTable | undefined): void => {
    if (table) tables.set(name, table);
    else tables.delete(name);
  };
  for (const statement of statements) {
    const [, how = '', table = ''] = DECLARES.exec(statement) ?? [];
    if (how.startsWith('DROP')) tables.delete(table);
    else if (how.startsWith('ALTER')) put(table, withAdded(tables.get(table), statement));
    else if (how) put(table, { columns: columnsOf(statement), statement });
    const [, one = '', other = ''] = EXCHANGES.exec(statement) ?? [];
    const [ofOne, ofOther] = [tables.get(one), tables.get(other)];
    if (one) {
      put(one, ofOther);
      put(other, ofOne);
    }
    const [, from = '', to = ''] = RENAMES.exec(statement) ?? [];
    if (from) {
      put(to, tables.get(from));
      tables.delete(from);
    }
  }
  return tables;
}

function withAdded(table: DeclaredTable | undefined, statement: string): DeclaredTable {
  const { columns, statement: made } = table ?? { columns: [], statement: '' };
  const [, after] = / AFTER (\w+)$/.exec(statement) ?? [];
  const at = columns.findIndex(({ name }) => name === after) + 1;
  return { columns: columns.toSpliced(at || columns.length, 0, ...columnsOf(statement)), statement: made };
}

function columnsOf(statement: string): DeclaredColumn[] {
  return [...statement.matchAll(COLUMN)].map(([, name = '', type = '', comment = '']) => ({
    name,
    type,
    comment: comment.replaceAll("''", "'"),
  }));
}
