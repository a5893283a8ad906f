import type { Conversation } from '../conversation.ts';
import type { Frame } from './exchanges.ts';

/** A connection, with its first frame where there is one. */
export interface SeenConnection {
  connectionId: string;
  openedAt: Date;
  /** Absent while it is open, or when its end is not known. */
  endedAt?: Date;
  reason?: string;
  first?: Frame;
}

/** The connections, as they are known; else as the frames show them. */
export function connectionsOf({ connections }: Conversation, frames: readonly Frame[]): SeenConnection[] {
  const first = new Map<string, Frame>();
  for (const frame of frames) {
    const { connectionId } = frame.message;
    if (connectionId !== '' && !first.has(connectionId)) first.set(connectionId, frame);
  }
  if (!connections)
    return [...first].map(([connectionId, frame]) => ({ connectionId, openedAt: frame.message.at, first: frame }));
  return connections.map((connection) => {
    const frame = first.get(connection.connectionId);
    return { ...connection, ...(frame && { first: frame }) };
  });
}
