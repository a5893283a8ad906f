import type { ComponentType, VariableType } from '#generated/messages.d.ts';
import { variableKey } from './component.ts';

/** 16 to 40 characters of text, none of which controls anything (notes 2.7). */
const PASSWORD = /^\P{C}{16,40}$/u;

const BASIC_AUTH_PASSWORD = variableKey({
  component: { name: 'SecurityCtrlr' },
  variable: { name: 'BasicAuthPassword' },
});

/** The variable that holds the Basic password (OCPP 2.0.1 A01). Write-only. */
export function isBasicAuthPassword(named: { component: ComponentType; variable: VariableType }): boolean {
  return variableKey(named) === BASIC_AUTH_PASSWORD;
}

export function isPassword(value: string): boolean {
  return PASSWORD.test(value);
}

/** The bytes that the station will send as its password, hex: UTF-8, whatever they look like. */
export function passwordHex(value: string): string {
  return Buffer.from(value, 'utf8').toString('hex');
}
