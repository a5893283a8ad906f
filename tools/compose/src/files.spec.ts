import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSettings } from './files.ts';

it('reads the settings file, and lets a variable of the caller win', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compose-settings-'));
  const file = join(folder, '.env');
  expect(composeSettings({ A: '1' }, file)).toEqual({ A: '1' });
  writeFileSync(file, 'A=2\nB=3\n');
  expect(composeSettings({ A: '1' }, file)).toEqual({ A: '1', B: '3' });
  rmSync(folder, { recursive: true });
});
