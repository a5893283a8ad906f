export { PublishedTransactions, type Said } from './published-transactions.ts';
