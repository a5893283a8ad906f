export { billOf, lastRegisterWh, latestRegisterWh, type Bill } from './bill.ts';
export { EMPTY_BOOK, type Reading, type RegisterBook } from './book.ts';
export { mergeRegisters } from './merge.ts';
export { contradictionBetween, isImplausible } from './ends.ts';
export { counted, readRegisters, type CountedSample } from './read.ts';
