import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const FOLDER = join(import.meta.dirname, '../../../docs/integration');
const read = (path: string): string => readFileSync(join(FOLDER, path), 'utf8');

describe('consuming-events.md', () => {
  it.each([
    ['python', 'consumers/consumer.py'],
    ['java', 'consumers/Consumer.java'],
    ['ts', 'consumers/consumer.ts'],
  ])('shows the consumer in %s as the end-to-end tests run it', (language, file) => {
    const shown = read('consuming-events.md').match(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's'))?.[1];
    expect(shown).toBe(read(file));
  });
});
