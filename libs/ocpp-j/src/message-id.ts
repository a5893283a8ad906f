/** A message id as it is compared and logged, and as it is answered. */
export interface MessageId {
  id: string;
  /** JSON of an id that is no text, as the charger wrote it; absent: `id` is the text. */
  echo?: string;
}

/** OCPP-J 2.x 4.2.3: the id of a CALLERROR that answers a message whose id cannot be used. */
export const UNREADABLE_ID: MessageId = { id: '-1' };

/** The longest id that is echoed in lenient mode. Without a limit an id of a megabyte would be sent back. */
export const MAX_ECHO = 255;

/** Matches a numeric id, which follows the message type. */
const NUMERIC_ID = /^\s*\[\s*"?\d+"?\s*,\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*[,\]]/;
const QUOTED_ID = /^\s*\[\s*"?\d+"?\s*,\s*("(?:[^"\\]|\\.){0,600}")\s*[,\]]/;

/** The id of a message that is JSON; undefined where it has none that could be echoed. */
export function readId(raw: unknown, text: string): MessageId | undefined {
  if (typeof raw === 'string') return { id: raw };
  if (typeof raw !== 'number') return undefined;
  // As written: 64 bits are more than a JavaScript number keeps.
  const written = NUMERIC_ID.exec(text)?.[1] ?? String(raw);
  return { id: written, echo: written };
}

/** The id of a message that is not JSON, where it stands before the broken place. */
export function legibleId(text: string): MessageId | undefined {
  const number = NUMERIC_ID.exec(text)?.[1];
  if (number !== undefined) return readNumber(number);
  const quoted = QUOTED_ID.exec(text)?.[1];
  if (quoted === undefined) return undefined;
  try {
    return { id: JSON.parse(quoted) as string };
  } catch {
    return undefined;
  }
}

function readNumber(written: string): MessageId | undefined {
  try {
    JSON.parse(written);
    return { id: written, echo: written };
  } catch {
    return undefined;
  }
}

/** JSON of the id, for an answer. */
export function writeId(id: string | MessageId): string {
  if (typeof id === 'string') return JSON.stringify(id);
  return id.echo ?? JSON.stringify(id.id);
}
