import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../problems/problem-error.ts';
import { authenticate, authorize } from './authenticate.ts';
import { parseInboundTokens, type InboundTokens } from './tokens.ts';

function tokens(text: string): InboundTokens {
  const parsed = parseInboundTokens(text);
  if (!parsed.ok) throw new Error(parsed.faults.join());
  return parsed.tokens;
}

function problemOf(run: () => unknown): ProblemError {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('no problem');
}

describe('authenticate', () => {
  const sut = tokens('ops:read:abc');

  it('refuses everybody while no token is configured, and names the variable to set', () => {
    const problem = problemOf(() => authenticate(tokens(''), 'Bearer abc'));
    expect(problem.kind).toBe('no-tokens-configured');
    expect(problem.detail).toMatch(/EVEYS_OCPP_REST_INBOUND_TOKENS/);
  });

  it.each(['Bearer abc', 'bearer abc', 'BEARER   abc '])('takes %j', (header) => {
    expect(authenticate(sut, header).name).toBe('ops');
  });

  it.each([undefined, '', 'Bearer', 'Basic YTpi', 'abc', 'Bearer a b'])('finds no token in %j', (header) => {
    expect(problemOf(() => authenticate(sut, header)).kind).toBe('token-missing');
  });

  it('refuses a token it does not know', () => {
    expect(problemOf(() => authenticate(sut, 'Bearer abd')).kind).toBe('token-unknown');
  });
});

describe('authorize', () => {
  const caller = authenticate(tokens('ops:read+command:abc'), 'Bearer abc');

  it('lets a scope that the token has pass', () => {
    expect(() => authorize(caller, 'command')).not.toThrow();
  });

  it('refuses another one, and tells which are there', () => {
    const problem = problemOf(() => authorize(caller, 'admin'));
    expect(problem.kind).toBe('scope-missing');
    expect(problem.detail).toBe('This request needs a token with scope "admin"; "ops" has read, command.');
  });
});
