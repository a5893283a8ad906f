import type { StatusInfoType } from '#generated/messages.d.ts';

const MAX_ADDITIONAL_INFO = 512;

/** Why something was refused. `reasonCode` is one of part 2 appendices or our own, of 20 characters at most. */
export function statusInfo(reasonCode: string, reason: string): StatusInfoType {
  return { reasonCode, additionalInfo: [...reason].slice(0, MAX_ADDITIONAL_INFO).join('') };
}
