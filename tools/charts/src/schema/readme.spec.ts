import { describe, expect, it } from '@jest/globals';
import { count, flag, object, text } from './json-schema.ts';
import { readme } from './readme.ts';

const schema = object('', {
  config: object('Variables', { EVEYS_OCPP_WS_PORT: count('Port', 1) }),
  image: object('Image', { tag: text('Tag | digest') }),
  pdb: object('Budget', {
    enabled: flag('Whether'),
    minAvailable: { description: 'Unset', type: ['integer', 'null'] },
  }),
});

describe(readme, () => {
  const made = readme(
    '# Chart\n\nBy people.\n',
    "config: {}\nimage:\n  tag: '1'\npdb:\n  enabled: true\n  minAvailable:\n",
    schema,
  );

  it('keeps what people wrote', () => {
    expect(made.startsWith('# Chart\n\nBy people.\n\n## Values\n')).toBe(true);
  });

  it('has a row for each leaf, with the default of the values file', () => {
    expect(made).toContain('| `image.tag` | `"1"` | Tag \\| digest |');
    expect(made).toContain('| `pdb.enabled` | `true` | Whether |');
    expect(made).toContain('| `pdb.minAvailable` | unset | Unset |');
  });

  it('leaves the variables to the configuration reference', () => {
    expect(made).toContain('| `config` | `{}` | Variables |');
    expect(made).not.toContain('EVEYS_OCPP_WS_PORT');
  });
});
