import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');
const exclude = ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/coverage/**'];
const test = /\.(spec|cases|e2e|faults)\.ts$|testdata|fakes|\/suites\//;
const code = globSync('{apps,libs,tools}/*/src/**/*.ts', { cwd: root, exclude })
  .filter((file) => !test.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Files besides tests that hold one of the names, as a whole word. */
function filesThatName(names: readonly string[], within: (file: string) => boolean = () => true): string[] {
  const word = new RegExp(`\\b(${names.join('|')})\\b`);
  return code.filter(({ file, text }) => within(file) && word.test(text)).map(({ file }) => file);
}

/** Commands of 2.0.1 alone that are answered with a status: no other message and no report belongs to them. */
const commands = [
  'ClearDisplayMessage',
  'ClearVariableMonitoring',
  'SetMonitoringBase',
  'SetMonitoringLevel',
  'SetNetworkProfile',
  'UnpublishFirmware',
];

/** Facts whose name is used for something else too, and those of transactions, which several decisions concern. */
const shared = new Set([
  'chargingLimit',
  'connectorStatus',
  'dataTransferred',
  'meterValues',
  'password',
  'remoteStartRefused',
  'remoteStartSent',
  'reservationEnded',
  'securityEvent',
  'securityProfile',
  'signingRequest',
  'stationBooted',
  'stationEvents',
  'stopAssigned',
]);
const facts = ['effects', 'device-effects', 'mirror-effects']
  .flatMap((name) => [
    ...readFileSync(join(root, `libs/ocpp-j/src/${name}.ts`), 'utf8').matchAll(/^ {2}kind: '(\w+)';/gm),
  ])
  .map(([, kind = '']) => kind)
  .filter((kind) => !shared.has(kind) && !kind.startsWith('transaction'));

describe('one declaration', () => {
  it.each(commands)('%s is named in at most six files', (command) => {
    const route = command.replace(/\B[A-Z]/g, '-$&').toLowerCase();
    const name = command.charAt(0).toLowerCase() + command.slice(1);
    const files = filesThatName([command, route, name]);
    expect(files).toContain(`libs/contracts/src/commands/${route}.ts`);
    expect({ files, many: files.length > 6 }).toEqual({ files, many: false });
  });

  it.each(facts)('the fact %s is named in its type, beside its table and where its events are made', (fact) => {
    const files = filesThatName([fact], (file) => /^(apps|libs)\//.test(file) && !/^libs\/ocpp-v/.test(file));
    expect(files.length).toBeGreaterThan(1);
    expect({ files, many: files.length > 3 }).toEqual({ files, many: false });
  });
});
