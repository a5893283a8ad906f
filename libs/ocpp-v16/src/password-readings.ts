/** AuthorizationKey has 16 to 20 bytes, which are configured as up to 40 hex digits. */
const LEAST_BYTES = 16;
const MOST_BYTES = 20;
const HEX_DIGITS = /^(?:[0-9a-f]{2}){16,20}$/i;

/**
 * The readings of a received password, likeliest first: chargers send either the bytes of their AuthorizationKey or its
 * digits, and operators store either (notes 2.7).
 */
export function passwordReadings(password: Buffer): readonly Buffer[] {
  const text = password.toString('latin1');
  if (HEX_DIGITS.test(text)) {
    const otherCase = [text.toUpperCase(), text.toLowerCase()].filter((digits) => digits !== text);
    return [password, Buffer.from(text, 'hex'), ...otherCase.map((digits) => Buffer.from(digits))];
  }
  if (password.length < LEAST_BYTES || password.length > MOST_BYTES) return [password];
  const digits = password.toString('hex');
  return [password, Buffer.from(digits.toUpperCase()), Buffer.from(digits)];
}
