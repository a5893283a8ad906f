import {
  createFileRegistry,
  fromBinary,
  type DescField,
  type DescMessage,
  type FileRegistry,
} from '@bufbuild/protobuf';
import { FileDescriptorSetSchema, type FileDescriptorProto } from '@bufbuild/protobuf/wkt';

const PACKAGE = 'events.v1';

/** The messages of events.proto, with the comments that stand before them. */
export interface EventsProto {
  registry: FileRegistry;
  event: DescMessage;
  /** The text before a message or a field, one line; empty when there is none. */
  commentOf: (described: DescMessage | DescField) => string;
}

/** `image`: a FileDescriptorSet with source info. */
export function readEventsProto(image: Uint8Array): EventsProto {
  const files = fromBinary(FileDescriptorSetSchema, image);
  const registry = createFileRegistry(files);
  const event = registry.getMessage(`${PACKAGE}.Event`);
  const file = files.file.find((one) => one.package === PACKAGE);
  if (!event || !file) throw new Error(`the image has no ${PACKAGE}.Event`);
  const comments = commentsOf(file);
  return { registry, event, commentOf: (described) => comments.get(keyOf(described)) ?? '' };
}

function keyOf(described: DescMessage | DescField): string {
  return described.kind === 'message' ? described.name : `${described.parent.name}.${described.name}`;
}

/** Numbers of descriptor.proto: message_type of a file, field of a message. */
const MESSAGES = 4;
const FIELDS = 2;

function commentsOf(file: FileDescriptorProto): Map<string, string> {
  const comments = new Map<string, string>();
  for (const { path, leadingComments } of file.sourceCodeInfo?.location ?? []) {
    const [kind, message = 0, inner, field = 0] = path;
    const described = file.messageType[message];
    if (kind !== MESSAGES || !described || !leadingComments) continue;
    const text = leadingComments.trim().replaceAll(/\s*\n\s*/g, ' ');
    if (path.length === 2) comments.set(described.name, text);
    if (path.length === 4 && inner === FIELDS) comments.set(`${described.name}.${described.field[field]?.name}`, text);
  }
  return comments;
}
