import type { Engine, EngineName } from '../engine.ts';
import { clickhouse } from './clickhouse.ts';
import { kafka } from './kafka.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';

export const ENGINES: Readonly<Record<EngineName, Engine>> = { postgres, redis, kafka, clickhouse };
