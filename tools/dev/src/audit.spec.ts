import { describe, expect, it } from '@jest/globals';
import { judge } from './audit.ts';

const advisory = (severity: string): object => ({
  severity,
  range: '<2.0.0',
  via: [{ title: 'Reads beyond its buffer', url: 'https://advisories.example/1' }, 'b'],
});

const report = (vulnerabilities: Record<string, object>): string => JSON.stringify({ vulnerabilities });

describe('make audit', () => {
  it('passes without advisories', () => {
    expect(judge(report({}))).toEqual({ ok: true, lines: ['0 advisories, 0 of them high or graver'] });
  });

  it.each([
    ['low', true],
    ['moderate', true],
    ['high', false],
    ['critical', false],
  ])('judges an advisory of severity %s', (severity, ok) => {
    expect(judge(report({ a: advisory(severity) })).ok).toBe(ok);
  });

  it('names each package with its advisory, the gravest first', () => {
    expect(judge(report({ a: advisory('low'), b: advisory('critical') })).lines).toEqual([
      'critical: b <2.0.0: Reads beyond its buffer (https://advisories.example/1); by b',
      'low: a <2.0.0: Reads beyond its buffer (https://advisories.example/1); by b',
      '2 advisories, 1 of them high or graver',
    ]);
  });

  it.each([
    [
      'a registry that keeps none',
      JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405 }),
      '405 Method Not Allowed',
    ],
    ['a proxy that answers a page', '<html>', '<html>'],
    ['silence', '', 'npm said nothing'],
  ])('says plainly that nothing is known: %s', (_title, json, why) => {
    const { ok, lines } = judge(json);
    expect(ok).toBe(false);
    expect(lines).toEqual([`The registry does not answer advisories, so nothing is known: ${why}`]);
  });
});
