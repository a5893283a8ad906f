import { describe, expect, it } from '@jest/globals';

import { DEFAULT_PORTS, parseEngines, resolvePorts } from './ports.ts';

describe('resolvePorts', () => {
  it('gives the defaults where nothing is said', () => {
    expect(resolvePorts({}, {})).toEqual(DEFAULT_PORTS);
  });

  it('prefers a flag to a variable and a variable to the default', () => {
    const env = { EVEYS_OCPP_DATA_PLANE_REDIS_PORT: '7000', EVEYS_OCPP_DATA_PLANE_KAFKA_PORT: '7001' };
    expect(resolvePorts({ redis: '8000' }, env)).toEqual({ ...DEFAULT_PORTS, redis: 8000, kafka: 7001 });
  });

  it('treats an empty variable as unset', () => {
    expect(resolvePorts({}, { EVEYS_OCPP_DATA_PLANE_REDIS_PORT: '' }).redis).toBe(6379);
  });

  it('names every faulty port at once, by where it came from', () => {
    expect(() => resolvePorts({ postgres: '0' }, { EVEYS_OCPP_DATA_PLANE_KAFKA_PORT: '9o92' })).toThrow(
      '--postgres-port must be a port number from 1 to 65535, not "0"\n' +
        'EVEYS_OCPP_DATA_PLANE_KAFKA_PORT must be a port number from 1 to 65535, not "9o92"',
    );
  });

  it('refuses one port for two engines, unless only one of them is wanted', () => {
    expect(() => resolvePorts({ redis: '5432' }, {})).toThrow('postgres and redis are both given port 5432');
    expect(resolvePorts({ redis: '5432' }, {}, ['redis']).redis).toBe(5432);
  });
});

describe('parseEngines', () => {
  it('keeps the order of the catalogue and drops repetitions', () => {
    expect(parseEngines('redis, postgres,redis')).toEqual(['postgres', 'redis']);
  });

  it('refuses an unknown engine and lists the known ones', () => {
    expect(() => parseEngines('redis,mysql')).toThrow(
      'unknown engine mysql: --only takes a comma-separated list of postgres, redis, kafka, clickhouse',
    );
  });
});
