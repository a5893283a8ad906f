import { describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { HealthController } from './health.controller.ts';
import { Readiness } from './readiness.ts';

describe('Readiness', () => {
  it('is ready when every dependency answers', async () => {
    const readiness = new Readiness();
    readiness.check('postgres', async () => undefined);
    expect(await readiness.state()).toEqual({ status: 'ready', checks: { postgres: 'ok' } });
  });

  it('names the dependency that is away and why', async () => {
    const readiness = new Readiness();
    readiness.check('postgres', async () => undefined);
    readiness.check('redis', async () => Promise.reject(new Error('connection refused')));
    expect(await readiness.state()).toEqual({
      status: 'unavailable',
      checks: { postgres: 'ok', redis: 'connection refused' },
    });
  });

  it('counts a dependency that hangs as away', async () => {
    const readiness = new Readiness();
    readiness.check('kafka', () => new Promise(() => undefined));
    expect((await readiness.state()).checks['kafka']).toMatch(/no answer within/);
  });

  it('is not ready while its ports are not open yet', async () => {
    const readiness = new Readiness();
    readiness.starting = true;
    expect((await readiness.state()).status).toBe('starting');
    readiness.starting = false;
    expect((await readiness.state()).status).toBe('ready');
  });

  it('says draining whatever the dependencies say', async () => {
    const readiness = new Readiness();
    readiness.draining = true;
    expect((await readiness.state()).status).toBe('draining');
  });
});

describe('HealthController', () => {
  it.each([
    [false, 200],
    [true, 503],
  ])('answers readiness with draining=%s as %s', async (draining, status) => {
    const readiness = new Readiness();
    readiness.draining = draining;
    const answer = { status: 0, body: '' };
    const response = {
      writeHead: (code: number) => (answer.status = code),
      end: (body: string) => (answer.body = body),
    } as unknown as ServerResponse;
    await new HealthController(readiness).ready(response);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toHaveProperty('status', draining ? 'draining' : 'ready');
  });

  it('is alive without asking any dependency', () => {
    expect(new HealthController(new Readiness()).health()).toEqual({ status: 'ok' });
  });
});
