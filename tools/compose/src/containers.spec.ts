import { describe, expect, it } from '@jest/globals';
import { progressOf, progressOfAll, readContainers } from './containers.ts';

describe('readContainers', () => {
  const expected = [
    { service: 'redis', state: 'running', health: 'healthy', exitCode: 0 },
    { service: 'topics', state: 'exited', health: '', exitCode: 1 },
  ];
  const rows = [
    { Service: 'redis', State: 'running', Health: 'healthy', ExitCode: 0 },
    { Service: 'topics', State: 'exited', Health: '', ExitCode: 1 },
  ];

  it.each([
    ['a line a container', rows.map((row) => JSON.stringify(row)).join('\n')],
    ['a list', JSON.stringify(rows)],
    [
      "podman's list",
      JSON.stringify([
        { Labels: { 'com.docker.compose.service': 'redis' }, State: 'Running', Status: 'Up 3 seconds (healthy)' },
        { Labels: { 'com.docker.compose.service': 'topics' }, State: 'exited', Status: 'Exited (1)', ExitCode: 1 },
      ]),
    ],
  ])('reads %s', (_, text) => {
    expect(readContainers(text)).toEqual(expected);
  });

  it('reads nothing as no container', () => {
    expect(readContainers('\n')).toEqual([]);
  });
});

describe('progressOf', () => {
  it.each([
    ['running', 'healthy', 0, 'ready'],
    ['running', '', 0, 'ready'],
    ['running', 'starting', 0, 'waiting'],
    ['running', 'unhealthy', 0, 'waiting'],
    ['created', '', 0, 'waiting'],
    ['restarting', '', 1, 'waiting'],
    ['exited', '', 0, 'ready'],
    ['exited', '', 137, 'failed'],
    ['dead', '', 0, 'failed'],
  ])('%s %s %i is %s', (state, health, exitCode, progress) => {
    expect(progressOf({ service: 'one', state, health, exitCode })).toBe(progress);
  });
});

describe('progressOfAll', () => {
  it('takes the slowest container of a service, and waits for one that has none', () => {
    const container = (service: string, state: string, exitCode = 0) => ({ service, state, health: '', exitCode });
    const containers = [
      container('edge', 'running'),
      container('edge', 'created'),
      container('api', 'running'),
      container('job', 'exited', 2),
      container('other', 'running'),
    ];
    expect(progressOfAll(['edge', 'api', 'job', 'missing'], containers)).toEqual({
      ready: ['api'],
      waiting: ['edge', 'missing'],
      failed: ['job'],
    });
  });
});
