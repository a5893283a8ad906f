/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Names of members that hold a secret. */
const SECRET_MEMBER = /pass(word|phrase)?$|secret$|pin$|private_?key$|auth(orization)?_?key$/i;
/** Names of settings whose value is a secret. */
const SECRET_SETTING = /pass(word|phrase)|secret|authorizationkey|private_?key|pin$/i;
/** Where OCPP puts the value of a setting: beside its name, or in a member beside its name. */
const VALUES = new Set(['value', 'attribute_value', 'attributeValue', 'actual_value', 'actualValue']);
const USER_INFO = /^([a-z][a-z\d+.-]*:\/\/)[^/?#@\s]*@/i;
/** A text without any of these holds no secret that a rule knows. */
const MAY_HOLD = /pass|secret|pin|key|:\/\//i;

/** Hears of each value that is replaced. */
type Replaced = (value: unknown, by: unknown) => void;

/**
 * The value without its secrets: passwords and keys by the names of their members and settings, credentials in URLs, and all these
 * in a text that is JSON.
 */
export function masked(value: unknown): unknown {
  return maskedIn(value, false);
}

/**
 * A JSON text without its secrets. All else stays as it was written, unless a secret cannot be distinguished from other values: then
 * the text is written anew. A text that is no JSON and may hold a secret is replaced whole.
 */
export function maskedText(text: string): string {
  if (!MAY_HOLD.test(text)) return text;
  const value = parsed(text);
  if (value === undefined) return REDACTED;
  let inPlace = text;
  const clean = JSON.stringify(
    maskedIn(value, false, (secret, by) => {
      inPlace = inPlace.replaceAll(JSON.stringify(secret), () => JSON.stringify(by));
    }),
  );
  return JSON.stringify(parsed(inPlace)) === clean ? inPlace : clean;
}

function maskedIn(value: unknown, isOfSecret: boolean, replaced?: Replaced): unknown {
  if (typeof value === 'string') return replacing(value, maskedString(value), replaced);
  if (Array.isArray(value)) return value.map((item) => maskedIn(item, isOfSecret, replaced));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Record<string, unknown>;
  const isSetting = isOfSecret || isSecretSetting(object);
  const members = Object.entries(object).map(([name, member]) => {
    const isSecret = SECRET_MEMBER.test(name) || (isSetting && VALUES.has(name)) || isKeyOfVpn(name, object);
    return [name, isSecret ? replacing(member, REDACTED, replaced) : maskedIn(member, isSetting, replaced)];
  });
  return Object.fromEntries(members);
}

function maskedString(text: string): string {
  const isJson = /^\s*[{[]/.test(text) && MAY_HOLD.test(text);
  if (isJson && parsed(text) !== undefined) return maskedText(text);
  return text.replace(USER_INFO, `$1${REDACTED}@`);
}

function replacing(value: unknown, by: unknown, replaced: Replaced | undefined): unknown {
  if (value !== by) replaced?.(value, by);
  return by;
}

function isSecretSetting(object: Record<string, unknown>): boolean {
  const names = [object['key'], object['name'], nameOf(object['variable'])];
  return names.some((name) => typeof name === 'string' && SECRET_SETTING.test(name));
}

/** The key of a VPN stands beside a password; the key of a 1.6 setting is its name. */
function isKeyOfVpn(name: string, object: Record<string, unknown>): boolean {
  return name === 'key' && 'password' in object;
}

function nameOf(variable: unknown): unknown {
  return typeof variable === 'object' && variable !== null && 'name' in variable ? variable.name : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
