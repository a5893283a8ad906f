import type { SampledValueType } from '#generated/messages.d.ts';

/**
 * The unit that signed data names for the number it came with (OCMF: RU of the reading whose RV is that number);
 * undefined where the data has another format or does not contain this number. The signature is not checked.
 */
export function signedUnit({ value, signedMeterValue }: SampledValueType): string | undefined {
  const [format, payload] = decoded(signedMeterValue?.signedMeterData ?? '').split('|');
  if (format !== 'OCMF' || payload === undefined) return undefined;
  const found = readingsOf(payload).find((reading) => Number(reading?.RV) === Number(value));
  return typeof found?.RU === 'string' ? found.RU : undefined;
}

type Reading = { RV?: unknown; RU?: unknown } | null;

function readingsOf(payload: string): Reading[] {
  try {
    const { RD } = (JSON.parse(payload) ?? {}) as { RD?: unknown };
    return Array.isArray(RD) ? (RD as Reading[]) : [];
  } catch {
    return [];
  }
}

function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}
