import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ALL_TOPICS } from '@ocpp-gw/contracts';
import { ROOT } from '@ocpp-gw/rig/settings';
import { eventCatalogue } from './catalogue.ts';
import { readEventsProto, type EventsProto } from './model.ts';

describe('eventCatalogue', () => {
  let proto: EventsProto;
  let page: string;

  beforeAll(() => {
    const image = execFileSync('buf', ['build', ROOT, '--path', join(ROOT, 'proto/events'), '--output', '-']);
    proto = readEventsProto(image);
    page = eventCatalogue(proto);
  }, 60_000);

  it('has every topic with its retention, and every payload with an example', () => {
    for (const topic of ALL_TOPICS) expect(page).toMatch(new RegExp(`\\| \`${topic}\` \\| .* \\| \\d+ days \\|`));
    const payloads = proto.event.fields.filter(({ oneof }) => oneof);
    expect(page.match(/```json/g)).toHaveLength(payloads.length);
    for (const { name, message } of payloads) {
      expect(page).toContain(`\n## ${message?.name}\n`);
      expect(page).toContain(`\n  "${name}": {`);
    }
  });

  it('says the type and the meaning of every field', () => {
    expect(page).toContain('| `energy_wh` | 8 | double, may be absent | Energy that was delivered, in Wh;');
    expect(page).toContain('| `samples` | 4 | list of [MeterSample](#metersample) | ');
    expect(page.match(/^\|.*\| *\|$/gm)).toBeNull();
  });
});
