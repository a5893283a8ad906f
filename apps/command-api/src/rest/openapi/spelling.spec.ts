import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOfRoutes } from './export.ts';

const LIBS = join(import.meta.dirname, '../../../../../libs');

/** Every list of values in a JSON document of any depth. */
function enumsIn(node: unknown): string[][] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'enum' in node && Array.isArray(node.enum) ? [node.enum.map(String)] : [];
  return [...own, ...Object.values(node).flatMap(enumsIn)];
}

const ocpp = ['ocpp-v16/schemas', 'ocpp-v201/schemas'].flatMap((folder) =>
  readdirSync(join(LIBS, folder))
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => enumsIn(JSON.parse(readFileSync(join(LIBS, folder, file), 'utf8')))),
);
/** What stands in lists of OCPP without being one of its values: kinds of reports and logs that are named after its messages, and Partial. */
const LIKE_OCPP = [
  ...['DeviceModel', 'Monitoring', 'ChargingProfiles', 'CustomerInformation', 'DisplayMessages', 'Diagnostics'],
  'Partial',
];
const ofOcpp = new Set([...ocpp.flat(), ...LIKE_OCPP]);

/** What breaks the rule of docs/adr/0058: values of OCPP have its spelling, all others are in lower case. */
function misspelled(values: readonly string[]): readonly string[] {
  const folded = values.map((value) => value.toLowerCase());
  const model = ocpp.find((list) => folded.every((value) => list.some((each) => each.toLowerCase() === value)));
  if (model) return values.filter((value) => !model.includes(value) && !ofOcpp.has(value));
  return values.filter((value) => !ofOcpp.has(value) && value !== value.toLowerCase());
}

describe('the spelling of values', () => {
  it('is that of OCPP where OCPP has them, and lower case elsewhere', async () => {
    const lists = enumsIn(await documentOfRoutes());
    expect(lists.length).toBeGreaterThan(80);
    expect(lists.flatMap(misspelled)).toEqual([]);
  });

  it.each([
    [
      ['soft', 'hard'],
      ['soft', 'hard'],
    ],
    [['Soft', 'Hard'], []],
    [['QueueFull', 'draining'], ['QueueFull']],
    [['timed_out', 'complete'], []],
  ])('of %j has the faults %j', (values, faults) => {
    expect(misspelled(values)).toEqual(faults);
  });
});
