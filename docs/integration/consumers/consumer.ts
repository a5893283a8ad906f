// Reads events of the gateway: node consumer.ts EVENTS_PROTO BROKERS GROUP TOPIC...
import { Kafka } from 'kafkajs';
import protobuf from 'protobufjs';

const [proto = '', brokers = '', groupId = '', ...topics] = process.argv.slice(2);
const Event = (await protobuf.load(proto)).lookupType('events.v1.Event');
/** Ids of the latest events. Keep them in your database where a repetition after days must be noticed, too. */
const done = new Set<string>();

const kafka = new Kafka({ clientId: groupId, brokers: brokers.split(',') });
const consumer = kafka.consumer({ groupId });
await consumer.connect();
await consumer.subscribe({ topics, fromBeginning: true });
await consumer.run({
  // An offset says that everything before it is done: it is committed by hand, after the work.
  autoCommit: false,
  // Events of one charge point are in one partition, so they come in the order in which they were recorded.
  eachMessage: async ({ topic, partition, message }) => {
    const event = Event.toObject(Event.decode(message.value ?? new Uint8Array()), { longs: Number });
    if (!done.has(event.id)) {
      done.add(event.id);
      if (done.size > 100_000) done.delete(done.values().next().value ?? '');
      console.log(JSON.stringify({ id: event.id, type: event.type, cp_id: event.cpId }));
    }
    await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(message.offset) + 1n) }]);
  },
});
