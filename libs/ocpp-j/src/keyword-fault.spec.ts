import { describe, expect, it } from '@jest/globals';
import { keywordFault, type SchemaError } from './keyword-fault.ts';

const error = (keyword: string, instancePath = '/a', params = {}): SchemaError => ({
  keyword,
  instancePath,
  params,
  message: `must satisfy ${keyword}`,
});

describe('keywordFault', () => {
  it.each([
    ['required', 'OccurrenceConstraintViolation'],
    ['minItems', 'OccurrenceConstraintViolation'],
    ['maxItems', 'OccurrenceConstraintViolation'],
    ['additionalProperties', 'FormatViolation'],
    ['type', 'TypeConstraintViolation'],
    ['enum', 'PropertyConstraintViolation'],
    ['format', 'PropertyConstraintViolation'],
    ['maxLength', 'PropertyConstraintViolation'],
    ['minimum', 'PropertyConstraintViolation'],
    ['maximum', 'PropertyConstraintViolation'],
    ['multipleOf', 'PropertyConstraintViolation'],
    ['if', 'GenericError'],
  ])('maps %s to %s', (keyword, code) => {
    expect(keywordFault([error(keyword)]).code).toBe(code);
  });

  it('S1 names a field by the beginning of a name that never ends', () => {
    const { description } = keywordFault([error('additionalProperties', '', { additionalProperty: 'x'.repeat(1e6) })]);
    expect(description).toBe(`/${'x'.repeat(100)}… is not a field of this message`);
  });

  it('names the most basic of several faults, in any order', () => {
    const checks = ['if', 'enum', 'type', 'required', 'additionalProperties'];
    const codes = checks.map((_, index) => keywordFault(checks.slice(0, index + 1).map((each) => error(each))).code);
    expect(codes).toEqual([
      'GenericError',
      'PropertyConstraintViolation',
      'TypeConstraintViolation',
      'OccurrenceConstraintViolation',
      'FormatViolation',
    ]);
    expect(keywordFault([error('additionalProperties'), error('enum')]).code).toBe('FormatViolation');
  });

  it('describes the fault that gives the code, and counts the others', () => {
    const { description } = keywordFault([error('enum', '/status'), error('type', '/connectorId')]);
    expect(description).toBe('/connectorId must satisfy type (and 1 more)');
  });

  it('points at the field, not at the object around it', () => {
    const { faults, description } = keywordFault([
      error('required', '/a~1b', { missingProperty: 'c~d' }),
      error('additionalProperties', '/a~1b', { additionalProperty: 'e/f' }),
    ]);
    expect(faults).toEqual([
      { path: '/a~1b/c~0d', message: 'is required' },
      { path: '/a~1b/e~1f', message: 'is not a field of this message' },
    ]);
    expect(description).toBe('/a~1b/e~1f is not a field of this message (and 1 more)');
  });

  it('speaks of the payload when the fault is at its root', () => {
    expect(keywordFault([error('type', '')]).description).toBe('payload must satisfy type');
    expect(keywordFault([{ keyword: 'type', instancePath: '', params: {} }]).description).toBe('payload breaks type');
  });
});
