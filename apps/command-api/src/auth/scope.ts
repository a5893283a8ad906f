/** What a token may do. No scope includes another: a token that commands and reads has both. */
export const SCOPES = ['read', 'command', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}
