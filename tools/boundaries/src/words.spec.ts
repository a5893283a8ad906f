import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { publicTexts } from './public-texts.ts';
import { isPrivateName, publicTextFaults } from './words.ts';

const root = resolve(import.meta.dirname, '../../..');
const exclude = ['**/*.spec.ts', '**/testdata/**'];
const sources = globSync('{apps,libs}/*/src/**/*.ts', { cwd: root, exclude });
const tools = globSync('tools/*/src/**/*.ts', { cwd: root, exclude: [...exclude, '**/*.cases.ts', '**/words.ts'] });
const texts = sources.flatMap((file) =>
  publicTexts(file, readFileSync(join(root, file), 'utf8')).map((found) => ({ file, ...found })),
);

describe('texts that users read', () => {
  it('use the words of the glossary, in full sentences', () => {
    const faults = texts.flatMap(({ file, line, text }) =>
      publicTextFaults(text).map((fault) => `${file}:${line} ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('are found in API, configuration, metrics, problems and commands', () => {
    const all = texts.map(({ text }) => text).join('\n');
    expect(texts.length).toBeGreaterThan(500);
    for (const known of [
      'Number of the EVSE; 0 means the whole charge point',
      'List transactions',
      'URL of the ClickHouse HTTP interface',
      'Duration of REST requests',
      'The charge point is not connected',
      'Lists and replays the dead letters in Postgres',
      'charger connected',
      'must be an ISO 8601 time with a zone',
      'dead-letter topics: … replayed',
      'Action of the CALL that was sent',
    ])
      expect(all).toContain(known);
  });

  it.each([
    ['Of the whole charge point', 'begins with "Of ": say what it is, in a full sentence'],
    ['null: nothing yet', 'begins with "null: ": say what it is, in a full sentence'],
    ['0: the whole charge point', 'begins with "0: ": say what it is, in a full sentence'],
    ['Rows in the dead lanes', '"lanes": say queue, or destination'],
    ['The station has not told', '"told": say reported, sent, published or known'],
    ["see the charge point's own word on it", '"own word on": say answer, or decision'],
  ])('are refused as private: %s', (text, fault) => {
    expect(publicTextFaults(text)).toEqual([fault]);
  });

  it.each(['Words of the list, comma-separated', 'Outdoor unit', 'When the list is null: see below'])(
    'may say: %s',
    (text) => {
      expect(publicTextFaults(text)).toEqual([]);
    },
  );
});

describe('names in the code', () => {
  it('have no private word', () => {
    const names = (file: string) => [
      file,
      ...(readFileSync(join(root, file), 'utf8').match(/[A-Za-z_$][\w$]*/g) ?? []),
    ];
    // What was released stays as it is: migrations, a column, and a name in stored JSON.
    const changeable = [...sources, ...tools].filter((file) => !file.includes('/migrations/'));
    const isReleased = (file: string, name: string) =>
      name === 'told_at' || (name === 'told' && file.startsWith('libs/ocpp-j/src/registers/'));
    const faults = changeable.flatMap((file) =>
      [...new Set(names(file))]
        .filter((name) => isPrivateName(name) && !isReleased(file, name))
        .map((name) => `${file}: ${name}`),
    );
    expect(faults).toEqual([]);
  });

  it.each(['openDoor', 'charger-door.ts', 'CommandDesk', 'nudged', 'DOORS', 'patienceMs', 'wasTold', 'TOLD_SLACK'])(
    'are refused: %s',
    (name) => {
      expect(isPrivateName(name)).toBe(true);
    },
  );

  it.each(['outdoor', 'Indoors', 'desktop', 'impatience'])('may be: %s', (name) => {
    expect(isPrivateName(name)).toBe(false);
  });
});

describe('the search for texts', () => {
  it('reads sums, conditions and templates as the user reads them', () => {
    const source =
      "x.describe('a' + `b${c}d`); this.logger.info('line', { x }); const o = { help: on ? 'yes' : 'no', name: 'none' }; const USAGE = `use`; print('out');";
    expect(publicTexts('x.ts', source).map(({ text }) => text)).toEqual(['ab…d', 'line', 'yes', 'no', 'use', 'out']);
  });
});
