import { describe, expect, it } from '@jest/globals';
import { ClickHouseUnavailableError } from '@ocpp-gw/clickhouse';
import { InvalidCursorError } from '@ocpp-gw/contracts';
import { DatabaseUnavailableError } from '@ocpp-gw/persistence';
import { CommandInterruptedError, RedisUnavailableError } from '@ocpp-gw/redis';
import { problemFromError } from './from-error.ts';
import { ProblemError } from './problem-error.ts';

describe('problemFromError', () => {
  it.each<[Error, string]>([
    [new RedisUnavailableError('send'), 'redis'],
    [new DatabaseUnavailableError('away'), 'postgres'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'postgres'],
    [new ClickHouseUnavailableError(new Error('socket hang up')), 'clickhouse'],
  ])('names the dependency that is away: %s', (error, dependency) => {
    const problem = problemFromError(error);
    expect(problem.kind).toBe('dependency-unavailable');
    expect(problem.members).toEqual({ dependency });
    expect(problem.cause).toBe(error);
  });

  it('warns of repeating a command whose answer was lost', () => {
    expect(problemFromError(new CommandInterruptedError('r', 'CP')).kind).toBe('answer-lost');
  });

  it('blames the parameter for a cursor that is none', () => {
    const problem = problemFromError(new InvalidCursorError());
    expect(problem.kind).toBe('invalid-parameter');
    expect(problem.errors?.[0]?.parameter).toBe('cursor');
  });

  it('passes a problem on as it is', () => {
    const problem = new ProblemError('malformed-json');
    expect(problemFromError(problem)).toBe(problem);
  });

  it('tells nothing of an error that nobody foresaw', () => {
    const problem = problemFromError(new TypeError('x of undefined'));
    expect(problem.kind).toBe('internal-error');
    expect(problem.detail).not.toMatch(/undefined/);
  });
});
