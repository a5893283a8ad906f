const ID_TOKENS = /(\/authorization-cache\/|[?&]id_token=)[^/?&#]+/g;

/** A URL, or its path, without the id tokens that some routes have in it. */
export function loggedUrl(url: string): string {
  return url.replace(ID_TOKENS, '$1…');
}
