import { message, parts } from './messages.ts';
import type { Answers } from './station.ts';

/** How many messages one NotifyDisplayMessages carries. */
const REPORT_SIZE = 10;

/** Display messages (OCPP 2.0.1 O). */
export const display = {
  ClearDisplayMessage: (station, { id }) => ({
    payload: { status: station.display.delete(id) ? 'Accepted' : 'Unknown' },
  }),

  GetDisplayMessages: (station, { requestId, id, priority, state }) => {
    const found = [...station.display.values()].filter(
      (shown) =>
        (!id || id.includes(shown.id)) &&
        (!priority || shown.priority === priority) &&
        (!state || shown.state === state),
    );
    if (found.length === 0) return { payload: { status: 'Unknown' } };
    return {
      payload: { status: 'Accepted' },
      after: async () => {
        const messages = parts(found, REPORT_SIZE);
        for (const [index, some] of messages.entries()) {
          const tbc = index < messages.length - 1;
          await station.charger.notify(message('NotifyDisplayMessages', { requestId, messageInfo: some, tbc }));
        }
      },
    };
  },

  SetDisplayMessage: (station, { message: shown }) => {
    const { transactionId } = shown;
    // O02.FR.01: a message for a transaction needs that transaction.
    if (transactionId && !station.charger.connectors.some(({ session }) => session?.transactionId === transactionId))
      return { payload: { status: 'UnknownTransaction' } };
    station.display.set(shown.id, shown);
    return { payload: { status: 'Accepted' } };
  },
} satisfies Partial<Answers>;
