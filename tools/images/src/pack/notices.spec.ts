import { expect, it } from '@jest/globals';
import { renderNotices } from './notices.ts';

it('renderNotices gives each work with its licence, and says where a text is missing', () => {
  const text = renderNotices('ws-edge', [
    {
      name: 'a',
      version: '1.0.0',
      license: 'MIT',
      homepage: 'https://a.example',
      texts: ['Copyright A\n', 'Notice A'],
    },
    { name: 'b', version: '2.0.0', license: 'ISC', texts: [] },
  ]);
  expect(text).toMatch(/^The image of ws-edge contains 2 works of others/);
  expect(text).toMatch(/\na 1\.0\.0\nMIT\nhttps:\/\/a\.example\n=+\n\nCopyright A\n\nNotice A\n/);
  expect(text).toMatch(/\nb 2\.0\.0\nISC\n=+\n\nThe package has no file with its licence\.\n$/);
});
