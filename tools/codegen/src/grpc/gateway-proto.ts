import type { CommandDeclaration } from '@ocpp-gw/contracts';
import { labelOf, number, type Lock, type Numbered, type Reserved } from './lock.ts';
import { modelOf, type RpcDeclaration } from './model.ts';

const WIDTH = 118;
const RPCS = '  // {{rpcs}}\n';
const MESSAGES = '// {{messages}}\n';
const HEADER =
  '// Generated from gateway.proto.template, the commands and the REST routes by `make grpc-proto`: do not edit.\n';

/** The text of gateway.proto, and the lock with whatever is new in it. */
export function gatewayProto(parts: {
  commands: readonly CommandDeclaration[];
  routes?: readonly RpcDeclaration[];
  template: string;
  lock: Lock;
}): { proto: string; lock: Lock } {
  const { commands, routes = [], template } = parts;
  const { numbered, lock } = number(modelOf(commands, routes), parts.lock);
  const rpcs = [
    ...commands.map(({ kind, summary }) => rpc(kind, `${summary}.`)),
    ...routes.map(({ name, comment }) => rpc(name, comment)),
  ];
  // By functions: a `$` of a text stays one.
  const proto = template.replace(RPCS, () => rpcs.join('')).replace(MESSAGES, () => numbered.map(render).join('\n'));
  return { proto: HEADER + proto, lock };
}

function rpc(name: string, text: string): string {
  return `${comment(text, '  ')}  rpc ${name}(${name}Request) returns (${name}Response);\n`;
}

function render(each: Numbered): string {
  const lines =
    each.kind === 'message'
      ? each.fields.map(
          (field) =>
            `${comment(field.comment && `${field.comment}.`, '  ')}  ${labelOf(field)}${field.type} ${field.name} = ${field.number};\n`,
        )
      : each.values.map(({ name, number }) => `  ${name} = ${number};\n`);
  return `${each.kind} ${each.name} {\n${reserved(each.reserved)}${lines.join('')}}\n`;
}

function reserved({ names, numbers }: Reserved): string {
  if (names.length === 0) return '';
  return `  reserved ${numbers.join(', ')};\n  reserved ${names.map((name) => `"${name}"`).join(', ')};\n`;
}

function comment(text: string | undefined, indent: string): string {
  if (text === undefined) return '';
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && `${indent}// ${line} ${word}`.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${indent}// ${each}\n`).join('');
}
