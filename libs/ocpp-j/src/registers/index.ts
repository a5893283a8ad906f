export { billOf, lastRegisterWh, latestRegisterWh, type Bill } from './bill.ts';
export { EMPTY_BOOK, type RegisterBook } from './book.ts';
export { mergeRegisters } from './merge.ts';
export { isImplausible } from './ends.ts';
export { counted, readRegisters, type CountedSample } from './read.ts';
