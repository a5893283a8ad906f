import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BACKEND_CALLS } from '@ocpp-gw/contracts/backend';
import { ROOT } from '@ocpp-gw/rig/settings';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { CONTRACT_FOLDER } from './contract-files.ts';
import { exportContract } from './export.ts';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const read = (name: string) => JSON.parse(readFileSync(join(ROOT, CONTRACT_FOLDER, name), 'utf8')) as object;
const names = Object.keys(BACKEND_CALLS);
const answered = Object.entries(BACKEND_CALLS).flatMap(([name, call]) => ('answer' in call ? [name] : []));

describe('the published backend contract', () => {
  it('is what the code declares', async () => {
    expect(await exportContract({ check: true })).toEqual([]);
  });

  it.each(names)('has an example of the request %s that an outside validator accepts', (name) => {
    const validate = ajv.compile(read(`${name}.request.schema.json`));
    const example = read(`${name}.request.json`) as { data: object };
    expect([validate(example), validate.errors]).toEqual([true, null]);
    expect(validate({ ...example, data: { ...example.data, later: 1 }, later: 1 })).toBe(true);
    expect(validate({ ...example, data: undefined })).toBe(false);
    expect(validate({ ...example, data: {} })).toBe(false);
  });

  it.each(answered)('has an example of the answer to %s that an outside validator accepts', (name) => {
    const validate = ajv.compile(read(`${name}.answer.schema.json`));
    expect([validate(read(`${name}.answer.json`)), validate.errors]).toEqual([true, null]);
    expect(validate({ ...read(`${name}.answer.json`), later: 1 })).toBe(true);
  });

  it.each([
    ['accepted', true],
    ['ACCEPTED', true],
    ['no_credit', true],
    ['NOT-ALLOWED-TYPE-EVSE', true],
    ['ok', false],
    ['Accepted!', false],
  ])('knows spellings of a status as the gateway does: %s', (status, known) => {
    expect(ajv.compile(read('authorize.answer.schema.json'))({ status })).toBe(known);
    expect(BACKEND_CALLS.authorize.answer.safeParse({ status }).success).toBe(known);
  });
});
