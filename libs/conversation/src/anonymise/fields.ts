import { REDACTED } from '@ocpp-gw/contracts';
import { ENUM_FIELDS, ENUM_VALUES, FIELD_NAMES } from '../shapes.ts';

/** Names of fields whose text always identifies somebody or something, in lower case. */
const IDENTIFYING =
  /^(idtag|parentidtag|idtoken|additionalidtoken|groupidtoken|.*serialnumber|iccid|imsi|evccid|emaid|contractid|vin|customeridentifier|e?mail|phone|mac(address)?|ip(address)?|.*password|apn|apnusername|user|csr|.*certificate(chain)?|exire(quest|sponse)|ocspresult|signature|signedmeterdata|publickey|.*keyhash|.*namehash)$/;

/** Names of fields that hold an address, unless their value is one of the specification (the location of a meter is Outlet). */
const ADDRESS = /(location|url|uri)$/;

/** Names of fields whose text is of a product, a setting or an exchange, and of nobody. */
const NEUTRAL: ReadonlySet<string> = new Set([
  'chargepointmodel',
  'chargepointvendor',
  'firmwareversion',
  'instance',
  'key',
  'language',
  'language1',
  'language2',
  'messageid',
  'metertype',
  'model',
  'name',
  'preferrednetwork',
  'reasoncode',
  'transactionid',
  'type',
  'unit',
  'unknownkey',
  'vendorid',
  'vendorname',
]);

/** Fields that are too short for a replacement: how many characters of it they take. */
const SHORT: Readonly<Record<string, number>> = { language: 8, language1: 8, language2: 8, preferrednetwork: 6 };

const TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?$/;
/** Names of fields that hold the value of a setting or variable. */
const SETTING = /^(value|attributevalue|actualvalue)$/;
/** A number that is too short to be a card or serial number, or a switch. */
const PLAIN_SETTING = /^([+-]?\d{1,6}(\.\d{1,6})?|true|false)$/i;
/** A status, reason or the like of no specification. */
const WORD = /^[A-Za-z]{1,40}$/;
const NUMBER = /^[+-]?\d{1,12}(\.\d+)?$/;
const PHASE = /\.(L[123](-[LN][123]?)?|N)$/;

/** What happens to a text in a frame. `neutral` is kept, unless an identifying value is in it. */
export type Treatment = 'kept' | 'neutral' | 'replaced' | 'address';

/** The treatment of a text by the names of the fields that lead to it, the nearest last. */
export function treatmentOf(path: readonly string[], text: string): Treatment {
  const field = path.at(-1)?.toLowerCase() ?? '';
  if (text === '' || text === REDACTED) return 'kept';
  if (IDENTIFYING.test(field)) return 'replaced';
  if (isOfSpecification(text) || TIME.test(text)) return 'kept';
  if (ADDRESS.test(field) || /^[a-z][a-z\d+.-]*:\/\//i.test(text)) return 'address';
  if (NEUTRAL.has(field) || (ENUM_FIELDS.has(field) && WORD.test(text))) return 'neutral';
  if (path.includes('sampledValue') && field === 'value' && NUMBER.test(text)) return 'kept';
  // Whatever a charge point says in its own words may name somebody.
  return SETTING.test(field) && PLAIN_SETTING.test(text) ? 'neutral' : 'replaced';
}

/** Whether a number stands where a charge point may write anything. */
export function isFreeNumber(path: readonly string[]): boolean {
  const field = path.at(-1) ?? '';
  return field === 'data' || !FIELD_NAMES.has(field);
}

/** How many characters the field at the end of a path has room for, as far as it matters to a replacement. */
export function roomIn(path: readonly string[]): number {
  return SHORT[path.at(-1)?.toLowerCase() ?? ''] ?? Infinity;
}

/** Whether the field at the end of a path holds what identifies somebody, so that it is looked for everywhere else. */
export function isIdentifying(path: readonly string[], text: string): boolean {
  const field = path.at(-1)?.toLowerCase() ?? '';
  if (text === REDACTED) return false;
  return IDENTIFYING.test(field) || (ADDRESS.test(field) && !isOfSpecification(text));
}

/** A value of the specification, or a list of such, as settings have it: "Voltage.L1,SoC". */
function isOfSpecification(text: string): boolean {
  return text.split(/[,;]/).every((part) => ENUM_VALUES.has(part.trim().replace(PHASE, '').toLowerCase()));
}
