import { describe, expect, it } from '@jest/globals';
import express from 'express';
import { allowedMethods } from './allowed-methods.ts';

function application(): express.Application {
  const app = express();
  app.use((_request, _response, next) => next());
  app.all('/{*path}', (_request, _response, next) => next());
  app.get('/transactions', (_request, response) => void response.end());
  app.put('/charge-points/:id', (_request, response) => void response.end());
  app.get('/charge-points/:id', (_request, response) => void response.end());
  return app;
}

describe('allowedMethods', () => {
  it.each([
    ['/transactions', ['GET']],
    ['/charge-points/CP-1', ['GET', 'PUT']],
    ['/chargers', []],
  ])('finds what serves %s, past middleware for every path and method', (path, methods) => {
    expect(allowedMethods(application(), path)).toEqual(methods);
  });
});
