import { jestConfig } from '../../jest.preset.mjs';

// Only what is declared concurrent is: the cases wait for consumers most of the time.
export default { ...jestConfig(import.meta.dirname), maxConcurrency: 24 };
