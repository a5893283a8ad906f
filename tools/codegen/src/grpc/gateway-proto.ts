import type { CommandDeclaration } from '@ocpp-gw/contracts';
import { labelOf, number, type Lock, type Numbered, type Reserved } from './lock.ts';
import { modelOf } from './model.ts';

const WIDTH = 118;
const RPCS = '  // {{rpcs of the commands}}\n';
const MESSAGES = '// {{messages of the commands}}\n';
const HEADER =
  '// Generated from gateway.proto.template and libs/contracts/src/commands by `make grpc-proto`: do not edit.\n';

/** The text of gateway.proto, and the lock with whatever is new in it. */
export function gatewayProto(parts: { declarations: readonly CommandDeclaration[]; template: string; lock: Lock }): {
  proto: string;
  lock: Lock;
} {
  const { declarations, template } = parts;
  const { numbered, lock } = number(modelOf(declarations), parts.lock);
  const rpcs = declarations.map(
    ({ kind, summary }) => `${comment(summary, '  ')}  rpc ${kind}(${kind}Request) returns (${kind}Response);\n`,
  );
  // By functions: a `$` of a text stays one.
  const proto = template.replace(RPCS, () => rpcs.join('')).replace(MESSAGES, () => numbered.map(render).join('\n'));
  return { proto: HEADER + proto, lock };
}

function render(each: Numbered): string {
  const lines =
    each.kind === 'message'
      ? each.fields.map(
          (field) =>
            `${comment(field.comment, '  ')}  ${labelOf(field)}${field.type} ${field.name} = ${field.number};\n`,
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
  for (const word of `${text}.`.split(' ')) {
    if (line !== '' && `${indent}// ${line} ${word}`.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${indent}// ${each}\n`).join('');
}
