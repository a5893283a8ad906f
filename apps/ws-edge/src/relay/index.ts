export { Relays } from './relays.ts';
