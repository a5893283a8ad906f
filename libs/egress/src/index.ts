export { guardedAgent, type GuardedAgentOptions } from './guarded-agent.ts';
export { guardedLookup, type AddressPolicy, type Resolve } from './guarded-lookup.ts';
export { isPublicAddress, literalAddress } from './public-address.ts';
