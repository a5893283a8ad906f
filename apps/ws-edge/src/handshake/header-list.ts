/**
 * The elements of a header that is a list (RFC 9110, 5.6.1): separated by `separator` outside of quoted strings, blanks around
 * them cut, empty ones left out. A quote that is never closed quotes the rest.
 */
export function listElements(header: string | undefined, separator: ',' | ';' = ','): string[] {
  const elements: string[] = [];
  let element = '';
  let quoted = false;
  const text = header ?? '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === separator && !quoted) {
      elements.push(element);
      element = '';
      continue;
    }
    element += char;
    if (char === '"') quoted = !quoted;
    else if (char === '\\' && quoted) element += text.charAt(++at);
  }
  return [...elements, element].map((found) => found.trim()).filter((found) => found !== '');
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The value of a token or quoted string (RFC 9110, 5.6.4); null when the text is neither. */
export function tokenOrQuoted(text: string): string | null {
  if (isToken(text)) return text;
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(text);
  return quoted ? (quoted[1] ?? '').replace(/\\(.)/g, '$1') : null;
}
