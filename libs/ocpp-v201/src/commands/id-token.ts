import type { IdTokenEnumType, IdTokenType } from '#generated/messages.d.ts';

/** A token of no type is one that the CSMS made. */
export function toWireToken(idToken: string, type = 'Central'): IdTokenType {
  // Its schema has the last word on the type.
  return { idToken, type: type as IdTokenEnumType };
}

export function toWireGroup(groupIdToken: string | undefined): IdTokenType | undefined {
  return groupIdToken === undefined ? undefined : toWireToken(groupIdToken);
}
