import { ddlFolder, readDdlFiles } from '../migrator/ddl-files.ts';
import { readViewFiles, viewsFolder } from '../migrator/view-files.ts';

/** A column as the files of the schema declare it. */
export interface DeclaredColumn {
  name: string;
  /** With DEFAULT or ALIAS, where it has one. */
  type: string;
  comment: string;
}

const DECLARES =
  /^(CREATE TABLE IF NOT EXISTS|CREATE OR REPLACE VIEW|ALTER TABLE|DROP (?:TABLE|VIEW) IF EXISTS) (\w+)$/m;
const EXCHANGES = /^EXCHANGE TABLES (\w+) AND (\w+)$/m;
const RENAMES = /^RENAME TABLE IF EXISTS (\w+) TO (\w+)$/m;
const COLUMN = /^ {4}(?:ADD COLUMN IF NOT EXISTS )?(\w+) (.+?) COMMENT '((?:[^']|'')*)'/gm;

/** The tables and views of this build with their columns, as all its files leave them. */
export async function readDeclaredTables(): Promise<Map<string, DeclaredColumn[]>> {
  const numbered = (await readDdlFiles(ddlFolder)).flatMap((file) => file.statements);
  const views = (await readViewFiles(viewsFolder)).map(({ statement }) => statement);
  return declaredTables([...numbered, ...views]);
}

export function declaredTables(statements: readonly string[]): Map<string, DeclaredColumn[]> {
  const tables = new Map<string, DeclaredColumn[]>();
  const put = (name: string, columns: DeclaredColumn[] | undefined): void => {
    if (columns) tables.set(name, columns);
    else tables.delete(name);
  };
  for (const statement of statements) {
    const [, how = '', table = ''] = DECLARES.exec(statement) ?? [];
    if (how.startsWith('DROP')) tables.delete(table);
    else if (how.startsWith('ALTER')) put(table, withAdded(tables.get(table) ?? [], statement));
    else if (how) put(table, columnsOf(statement));
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

function withAdded(columns: readonly DeclaredColumn[], statement: string): DeclaredColumn[] {
  const [, after] = / AFTER (\w+)$/.exec(statement) ?? [];
  const at = columns.findIndex(({ name }) => name === after) + 1;
  return columns.toSpliced(at || columns.length, 0, ...columnsOf(statement));
}

function columnsOf(statement: string): DeclaredColumn[] {
  return [...statement.matchAll(COLUMN)].map(([, name = '', type = '', comment = '']) => ({
    name,
    type,
    comment: comment.replaceAll("''", "'"),
  }));
}
