import { expect } from '@jest/globals';
import type { Octt, Payload } from './octt.ts';

/** component, variable, value. */
export type Setting = readonly [component: string, variable: string, value: string];

/** The attribute as the wire has it, and a command's body alike. */
export const attribute = (component: string, variable: string): { component: object; variable: object } => ({
  component: { name: component },
  variable: { name: variable },
});

/** The same as an answer shows it: what the station left out is null. */
export const answered = (component: string, variable: string): { component: object; variable: object } => ({
  component: { name: component, instance: null, evse: null },
  variable: { name: variable, instance: null },
});

/** SetVariables of one variable (B05), answered with `attributeStatus`. */
export const setVariable = (octt: Octt, setting: Setting, attributeStatus: string): Promise<void> =>
  setVariables(octt, [[setting, attributeStatus]]);

export async function setVariables(octt: Octt, settings: readonly (readonly [Setting, string])[]): Promise<void> {
  const of = ([component, variable]: Setting): object => attribute(component, variable);
  const { sent, heard } = await octt.command(
    'set-variables',
    { variables: settings.map(([setting]) => ({ ...of(setting), attribute_value: setting[2] })) },
    'SetVariables',
    { setVariableResult: settings.map(([setting, attributeStatus]) => ({ ...of(setting), attributeStatus })) },
  );
  expect(sent).toEqual({
    setVariableData: settings.map(([setting]) => ({ ...of(setting), attributeValue: setting[2] })),
  });
  expect(heard['variables']).toEqual(
    settings.map(([setting, status]) => expect.objectContaining({ ...answered(setting[0], setting[1]), status })),
  );
}

/** What the operator reads of a variable of the station; undefined where nothing is known of it. */
export async function mirrored(octt: Octt, component: string, variable: string): Promise<Payload | undefined> {
  const rows = await octt.list(`/variables?component=${component}&variable=${variable}`);
  expect(rows.length).toBeLessThan(2);
  return rows[0];
}
