import { core } from './core.ts';
import { firmware } from './firmware.ts';
import { localList } from './local-list.ts';
import type { Answers } from './station.ts';
import { reservation } from './reservation.ts';
import { security } from './security.ts';
import { smartCharging } from './smart-charging.ts';
import { triggers } from './trigger.ts';

export const answers: Answers = {
  ...core,
  ...firmware,
  ...localList,
  ...reservation,
  ...security,
  ...smartCharging,
  ...triggers,
};
