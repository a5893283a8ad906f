/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Names of members that hold a secret. */
const SECRET_MEMBER = /pass(word|phrase)?$|secret$|pin$|private_?key$|auth(orization)?_?key$/i;
/** Names of settings whose value is a secret. */
const SECRET_SETTING = /pass(word|phrase)|secret|authorizationkey|private_?key|pin$/i;
/** Where OCPP puts the value of a setting: beside its name. */
const VALUES: ReadonlySet<string> = new Set(['value', 'attribute_value', 'attributeValue']);
const USER_INFO = /^([a-z][a-z\d+.-]*:\/\/)[^/?#@\s]*@/i;

/** The value without its secrets: passwords and keys by the names of their members and settings, credentials in URLs. */
export function masked(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(USER_INFO, `$1${REDACTED}@`);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  const isSecret = secretsOf(value as Record<string, unknown>);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isSecret(name) ? REDACTED : masked(member)]),
  );
}

function secretsOf(object: Record<string, unknown>): (member: string) => boolean {
  const setting = [object['key'], object['name'], nameOf(object['variable'])].some(
    (name) => typeof name === 'string' && SECRET_SETTING.test(name),
  );
  // The key of a VPN stands beside a password; the key of a 1.6 setting is its name.
  return (member) =>
    SECRET_MEMBER.test(member) || (setting && VALUES.has(member)) || (member === 'key' && 'password' in object);
}

function nameOf(variable: unknown): unknown {
  return typeof variable === 'object' && variable !== null && 'name' in variable ? variable.name : undefined;
}
