import { describe, expect, it } from '@jest/globals';

import { renderProperties } from './kafka-properties.ts';

describe('renderProperties', () => {
  it('describes one local node that creates no topic by accident', () => {
    const lines = renderProperties({ port: 7000, controllerPort: 7001, dataDirectory: '/d' }).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'listeners=PLAINTEXT://127.0.0.1:7000,CONTROLLER://127.0.0.1:7001',
        'advertised.listeners=PLAINTEXT://127.0.0.1:7000',
        'controller.quorum.voters=1@127.0.0.1:7001',
        'auto.create.topics.enable=false',
        'log.dirs=/d',
      ]),
    );
  });
});
