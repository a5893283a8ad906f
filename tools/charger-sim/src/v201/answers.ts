import { availability } from './availability.ts';
import { display } from './display.ts';
import { firmware } from './firmware.ts';
import { localList } from './local-list.ts';
import type { Answers } from './station.ts';
import { monitoring } from './monitoring.ts';
import { provisioning } from './provisioning.ts';
import { remoteControl } from './remote-control.ts';
import { reservation } from './reservation.ts';
import { security } from './security.ts';
import { smartCharging } from './smart-charging.ts';
import { triggers } from './trigger.ts';

export const answers: Answers = {
  ...availability,
  ...display,
  ...firmware,
  ...localList,
  ...monitoring,
  ...provisioning,
  ...remoteControl,
  ...reservation,
  ...security,
  ...smartCharging,
  ...triggers,
};
