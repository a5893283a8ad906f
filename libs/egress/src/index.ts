export { guardedAgent } from './guarded-agent.ts';
export { type AddressPolicy } from './guarded-lookup.ts';
export { isPublicAddress, literalAddress } from './public-address.ts';
