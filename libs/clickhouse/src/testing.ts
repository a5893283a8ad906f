export { readDeclaredTables, type DeclaredColumn } from './schema/declared-tables.ts';
