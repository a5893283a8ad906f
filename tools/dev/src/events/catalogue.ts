import { fromBinary, toJson, type DescField, type DescMessage } from '@bufbuild/protobuf';
import {
  ALL_TOPICS,
  DEAD_LETTER_SETTINGS,
  TOPIC_SETTINGS,
  encodeEvent,
  type Topic,
  type TopicSettings,
} from '@ocpp-gw/contracts';
import { exampleOf } from './examples.ts';
import type { EventsProto } from './model.ts';

/** The page of all events: topics, envelope, and each payload with its fields and an example. */
export function eventCatalogue(proto: EventsProto): string {
  const payloads = payloadsOf(proto);
  return `# Event catalogue

Made from [events.proto](../../proto/events/v1/events.proto), the table of topics and their settings by \`make event-catalogue\`; do not edit.
How the events behave is in [events](events.md), how to read them in [consuming events](consuming-events.md).

## Topics

The key of every message is the \`cp_id\` of its event, the value an \`events.v1.Event\`. The number of partitions is
\`EVEYS_OCPP_KAFKA_PARTITIONS\` and that of replicas \`EVEYS_OCPP_KAFKA_REPLICATION_FACTOR\`; with three replicas \`min.insync.replicas\` is 2.
\`EVEYS_OCPP_KAFKA_TOPICS\` sets something else for one topic.

| topic | payloads | retention | compression |
| --- | --- | --- | --- |
${ALL_TOPICS.map((topic) => topicRow(topic, payloads)).join('\n')}
| \`<consumer>.<topic>.dlq\` | as the topic has, or what is no event | ${settings(DEAD_LETTER_SETTINGS)} |

## Envelope

${proto.commentOf(proto.event)}

${fieldTable(
  proto,
  proto.event.fields.filter(({ oneof }) => !oneof),
)}
| \`payload\` |  | one of those below | What happened. |

${payloads.map((payload) => section(proto, payload)).join('\n\n')}

${parts(proto, payloads)
  .map((message) => `## ${message.name}\n\n${proto.commentOf(message)}\n\n${fieldTable(proto, message.fields)}`)
  .join('\n\n')}
`;
}

interface Payload {
  field: DescField;
  message: DescMessage;
  topic: Topic;
}

function payloadsOf({ event }: EventsProto): Payload[] {
  return event.fields.flatMap((field) =>
    field.oneof && field.message ? [{ field, message: field.message, topic: exampleOf(field.localName).type }] : [],
  );
}

function topicRow(topic: Topic, payloads: readonly Payload[]): string {
  const own = payloads.filter((payload) => payload.topic === topic).map(({ message }) => linkTo(message));
  return `| \`${topic}\` | ${own.join(', ')} | ${settings(TOPIC_SETTINGS[topic])} |`;
}

function settings({ retentionDays, compression }: TopicSettings): string {
  return `${retentionDays} days | ${compression === 'producer' ? 'as sent' : compression}`;
}

function section(proto: EventsProto, { field, message, topic }: Payload): string {
  // The comment begins with the topic.
  const comment = proto.commentOf(message).replace(/^[a-z.]+:? ?/, '');
  return [
    `## ${message.name}`,
    `Topic \`${topic}\`, field \`${field.name}\`.${comment && ` ${comment[0]?.toUpperCase()}${comment.slice(1)}`}`,
    fieldTable(proto, message.fields),
    `\`\`\`json\n${exampleJson(proto, field)}\n\`\`\``,
  ].join('\n\n');
}

function exampleJson({ registry, event }: EventsProto, field: DescField): string {
  const message = fromBinary(event, encodeEvent(exampleOf(field.localName)));
  return JSON.stringify(toJson(event, message, { registry, useProtoFieldName: true }), null, 2);
}

function fieldTable(proto: EventsProto, fields: readonly DescField[]): string {
  const rows = fields.map((field) => {
    const meaning = proto.commentOf(field).replaceAll('|', '\\|');
    return `| \`${field.name}\` | ${field.number} | ${typeOf(field)} | ${meaning} |`;
  });
  return ['| field | number | type | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Names of FieldDescriptorProto.Type that events.proto uses. */
const SCALARS: Readonly<Record<number, string>> = { 1: 'double', 5: 'int32', 8: 'bool', 9: 'string', 13: 'uint32' };

function typeOf(field: DescField): string {
  const one = field.message ? linkTo(field.message) : (SCALARS[field.scalar ?? 0] ?? `scalar ${field.scalar}`);
  if (field.fieldKind === 'list') return `list of ${one}`;
  return field.proto.proto3Optional ? `${one}, may be absent` : one;
}

function linkTo({ name, file }: DescMessage): string {
  return file.proto.package === 'google.protobuf' ? name : `[${name}](#${name.toLowerCase()})`;
}

/** Messages of which payloads consist. */
function parts({ event }: EventsProto, payloads: readonly Payload[]): DescMessage[] {
  const found = new Set(
    payloads.flatMap(({ message }) => message.fields.flatMap(({ message: part }) => (part ? [part] : []))),
  );
  return [...found].filter(({ file }) => file === event.file);
}
