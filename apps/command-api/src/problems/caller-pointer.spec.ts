import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TypedKind } from '@ocpp-gw/contracts';
import * as v16 from '@ocpp-gw/ocpp-v16/commands';
import * as v201 from '@ocpp-gw/ocpp-v201/commands';
import { makeCa } from '@ocpp-gw/testing';
import { DEFINITIONS, type CommandDefinition } from '../commands/definitions.ts';
import { toCommand } from '../commands/typed-commands.ts';
import type { CommandSample } from '../testdata/command-sample.ts';
import { commandSamples } from '../testdata/command-samples.ts';
import { callerFaults } from './caller-pointer.ts';

let samples: Record<TypedKind, CommandSample>;

beforeAll(async () => {
  samples = commandSamples((await makeCa({ cn: 'root' })).cert);
});

/** Pointers to the values that are neither objects nor lists. */
function leaves(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, `${at}/${key}`));
}

/** The sample body and all that is left of it without some of its fields: not every field goes with every other one. */
function bodies({ kind, request }: CommandDefinition): Record<string, unknown>[] {
  const fields = Object.entries(samples[kind].body);
  const all = Array.from({ length: 2 ** fields.length }, (_, mask) =>
    Object.fromEntries(fields.filter((_field, index) => ((mask >> index) & 1) === 0)),
  );
  return all.filter((body) => request.safeParse(body).success);
}

/** Pointers into the messages that a command becomes, with the fullest body that one was made of. */
function messageFields(definition: CommandDefinition): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  for (const { translate } of [v16, v201])
    for (const body of bodies(definition)) {
      const translation = translate(toCommand(definition, body));
      if (translation.ok)
        for (const leaf of leaves(translation.payload)) if (leaf !== '' && !found.has(leaf)) found.set(leaf, body);
    }
  return found;
}

function valueAt(body: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
}

const pointerOf = (command: string, path: string): string | undefined =>
  callerFaults(command, 'Action', [{ path, message: 'is wrong' }])[0]?.pointer;

describe('the faults of a message', () => {
  it('point into the body of the request that it was made of, for every field of every command', () => {
    const elsewhere: string[] = [];
    for (const definition of DEFINITIONS)
      for (const [path, body] of messageFields(definition)) {
        const [fault] = callerFaults(definition.slug, 'Action', [{ path, message: 'is wrong' }]);
        const value = fault?.pointer === '' ? undefined : valueAt(body, fault?.pointer ?? '');
        if (value === undefined || fault?.message !== 'is wrong') elsewhere.push(`${definition.slug} ${path}`);
      }
    // What the gateway adds: the type of a log, and that of a token whose body names none.
    expect(elsewhere.sort()).toEqual([
      'get-diagnostics /logType',
      'send-local-list /localAuthorizationList/1/idToken/type',
    ]);
  });

  it.each([
    ['remote-start', '/idTag', '/id_token'],
    ['remote-start', '/idToken/idToken', '/id_token'],
    ['remote-start', '/chargingProfile/chargingProfilePurpose', '/charging_profile/purpose'],
    [
      'set-charging-profile',
      '/chargingProfile/chargingSchedule/1/duration',
      '/charging_profile/alternatives/0/duration',
    ],
    ['change-availability', '/evse/connectorId', '/connector_id'],
    ['change-availability', '/connectorId', '/evse_id'],
    ['get-variables', '/getVariableData/3/component/evse/id', '/variables/3/component/evse/id'],
    ['clear-charging-profile', '/chargingProfileCriteria', ''],
    ['call', '/idTag', '/idTag'],
  ])('of %s point from %s to %s', (command, path, pointer) => {
    expect(pointerOf(command, path)).toBe(pointer);
  });

  it('name the field of the message where the body has none for it', () => {
    expect(callerFaults('get-diagnostics', 'GetLog', [{ path: '/logType', message: 'must be one of A, B' }])).toEqual([
      { pointer: '', message: 'must be one of A, B (logType of GetLog)' },
    ]);
  });
});
