/** A string, and the colon after it if it is the name of a member. */
const STRING = /("(?:[^"\\]|\\.)*")(\s*:)?/gs;

/**
 * The text of a JSON with each string that is the token, in any letter case, replaced; `hits` counts them. Names of members
 * stay, and so do numbers that JavaScript cannot hold.
 */
export function replaceStrings(json: string, token: string, pseudonym: string): { json: string; hits: number } {
  const wanted = token.toLowerCase();
  let hits = 0;
  const replaced = json.replaceAll(STRING, (found, literal: string, colon?: string) => {
    if (colon !== undefined || (JSON.parse(literal) as string).toLowerCase() !== wanted) return found;
    hits += 1;
    return JSON.stringify(pseudonym);
  });
  return { json: replaced, hits };
}
