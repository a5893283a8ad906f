/** Text to lint as if it were in `file`. */
export interface Probe {
  /** Path from the workspace root. With `typed` the file must exist; its own text is not looked at. */
  file: string;
  code: string;
  /** Whether the rule needs type information, which costs a TypeScript program per project. */
  typed?: boolean;
}

export interface Finding {
  rule: string | null;
  messageId?: string;
  message: string;
}
