export { ensureToken } from './access-token.ts';
