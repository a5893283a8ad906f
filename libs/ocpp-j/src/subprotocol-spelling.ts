/**
 * Matches the spellings of a subprotocol that chargers use, such as `OCPP-1.6J`, `ocpp 1.6`, `ocpp16`, `"v2.0.1"`.
 *
 * @param digits the version behind "ocpp", as the source of a regular expression
 * @param bare the version where no "ocpp" stands before it: narrower, as the text must mean nothing else
 */
export function subprotocolSpelling(digits: string, bare: string): RegExp {
  const between = '[ _/.:-]*';
  return new RegExp(
    `^"?(?:ocpp${between}(?:j(?:son)?)?${between}v?${digits}|v?${bare})${between}(?:j(?:son)?)?"?$`,
    'i',
  );
}
