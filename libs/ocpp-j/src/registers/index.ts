export { billOf, lastRegisterWh, latestRegisterWh, type Bill, type BillOptions } from './bill.ts';
export { EMPTY_BOOK, type RegisterBook } from './book.ts';
export { mergeRegisters } from './merge.ts';
export { readRegisters, type RegisterMessage } from './read.ts';
export { ENERGY_REASONS, type EnergyReason } from './reasons.ts';
