import { expect, it } from '@jest/globals';
import { pushedName } from './package.ts';

it('a pushed chart is named by its digest, a port of the registry included', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;
  expect(pushedName(`Pushed: ghcr.io/x/charts/ws-edge:0.1.0\nDigest: ${digest}\n`)).toBe(
    `ghcr.io/x/charts/ws-edge@${digest}`,
  );
  expect(pushedName(`Pushed: localhost:5000/charts/ws-edge:0.1.0\nDigest: ${digest}`)).toBe(
    `localhost:5000/charts/ws-edge@${digest}`,
  );
});

it('what names no digest is an error, and is shown', () => {
  expect(() => pushedName('Error: denied')).toThrow('helm push did not name a digest: Error: denied');
});
