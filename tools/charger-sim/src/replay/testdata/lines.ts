/** When the first line of a recording was sent. */
export const BEGAN = Date.parse('2026-11-01T10:00:00.000Z');

/** One record of a trace. */
export interface Line {
  direction: 'in' | 'out';
  frame: readonly unknown[];
  connectionId?: string;
  /** As it is; the frame is written as JSON when absent. */
  raw?: string;
  protocol?: string;
  cpId?: string;
}

const TYPES: Readonly<Record<number, string>> = { 2: 'CALL', 3: 'CALLRESULT', 4: 'CALLERROR' };

export function line(direction: 'in' | 'out', frame: readonly unknown[], more: Partial<Line> = {}): Line {
  return { direction, frame, ...more };
}

/** Their text in open-ocpp-trace 1.1, a second apart. */
export function lines(...all: readonly Line[]): string {
  return all.map((each, index) => `${JSON.stringify(recordOf(each, index))}\n`).join('');
}

function recordOf({ direction, frame, connectionId = 'c1', raw, protocol = '1.6', cpId = 'CP1' }: Line, index: number) {
  const [type, messageId, third, fourth] = frame;
  return {
    schemaVersion: '1.1',
    timestamp: new Date(BEGAN + index * 1000).toISOString(),
    ocppVersion: protocol,
    transport: 'json',
    chargePointId: cpId,
    direction: direction === 'in' ? 'cp-to-csms' : 'csms-to-cp',
    messageType: TYPES[Number(type)],
    messageId: String(messageId),
    ...(type === 2 && { action: third }),
    ...(type === 4 && { error: { code: third, description: fourth } }),
    raw: raw ?? JSON.stringify(frame),
    meta: { gateway: { connectionId } },
  };
}
