export type { ChargePointRecord, ConnectorRecord, Page, TransactionRecord } from './records.ts';
