import type { IdTokenEnumType, IdTokenType } from '#generated/messages.d.ts';

/** A token without a type was made by the CSMS. */
export function toWireToken(idToken: string, type = 'Central'): IdTokenType {
  // The schema checks the type.
  return { idToken, type: type as IdTokenEnumType };
}

export function toWireGroup(groupIdToken: string | undefined): IdTokenType | undefined {
  return groupIdToken === undefined ? undefined : toWireToken(groupIdToken);
}
