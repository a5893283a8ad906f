import { secrecyOf } from '../secrecy.ts';

/** A shorter one would be found in words that are none. */
const SHORTEST = 6;

/** The secrets in the environment of a service: its secret variables, what these consist of, and the passwords of its URLs. */
export function secretValues(variables: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const values = variables.flatMap((variable) => {
    const value = env[variable] ?? '';
    const secrecy = secrecyOf(variable);
    if (secrecy === 'url') return passwordOf(value);
    // A list of tokens with names and scopes, JSON, or the secret itself.
    return secrecy === 'secret' ? [value, ...value.split(/[\s,:"[\]{}]+/)] : [];
  });
  const found = new Set(values.filter((value) => value.length >= SHORTEST));
  // The longest first: one may be a part of another.
  return [...found].sort((a, b) => b.length - a.length);
}

function passwordOf(url: string): string[] {
  const password = URL.canParse(url) ? new URL(url).password : '';
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
