import { createRequire } from 'node:module';

interface RequestQueue {
  pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

const require = createRequire(import.meta.url);

/**
 * kafkajs looks every millisecond, for each connection and for ever, whether requests wait
 * (https://github.com/tulios/kafkajs/issues/1704). Once this was called it looks only while some do: a request that has
 * to wait begins to look by itself.
 */
export function lookOnlyForPendingRequests(): void {
  const { prototype } = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
  const { scheduleCheckPendingRequests } = prototype;
  prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
  };
}
