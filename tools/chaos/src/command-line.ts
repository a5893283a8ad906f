import { Command, InvalidArgumentError, Option } from 'commander';
import { TARGETS, type Target } from './faults/plan.ts';
import { BREAKAGE_NAMES, type Breakage } from './gateway/breakages.ts';

export interface Flags {
  seed: number;
  seconds: number;
  chargers: number;
  misbehaving: number;
  direct?: boolean;
  break?: Breakage;
  targets?: readonly Target[];
  prove?: boolean;
}

export function command(): Command {
  return new Command('chaos')
    .description(
      'Kills every process of the gateway at random moments while chargers charge, heals everything, and checks that\n' +
        'what chargers saw acknowledged is everywhere once. Exits 0 only when the records agree.',
    )
    .option('--seed <n>', 'gives the same faults at the same moments', whole(0), 1)
    .option('--seconds <n>', 'how long faults are injected', whole(10), 150)
    .option('--chargers <n>', 'how many, every other one of each version', whole(1), 200)
    .option('--misbehaving <share>', 'how many of them misbehave, as chargers of the field do: 0 to 1', share, 0.2)
    .option('--direct', 'chargers connect to the pods themselves, without Envoy and TLS')
    .option('--targets <names>', `only these, separated by commas: ${TARGETS.join(', ')}`, targets)
    .addOption(new Option('--break <what>', 'break a copy of the build first: must fail').choices(BREAKAGE_NAMES))
    .option('--prove', 'run every breakage in turn; exits 0 only when each is found out');
}

function whole(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min) throw new InvalidArgumentError(`Use a whole number from ${min} on.`);
    return value;
  };
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Use a number from 0 to 1.');
  return value;
}

function targets(text: string): Target[] {
  const names = text.split(',');
  const unknown = names.filter((name) => !TARGETS.some((target) => target === name));
  if (unknown.length > 0) throw new InvalidArgumentError(`There is no ${unknown.join(', ')}.`);
  return names as Target[];
}
