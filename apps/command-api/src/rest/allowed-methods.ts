import type { Application } from 'express';

interface RouteLayer {
  route?: { methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** The methods that some route of the application serves at the path, upper-case. */
export function allowedMethods(app: Application, path: string): string[] {
  const layers = (app.router as unknown as { stack: RouteLayer[] }).stack;
  const methods = layers
    .filter((layer) => layer.route && layer.match(path))
    .map((layer) => Object.keys(layer.route?.methods ?? {}))
    // A layer that is mounted for every method, TRACE included, is middleware such as the access log and serves no route.
    .filter((served) => !served.includes('trace'))
    .flat();
  return [...new Set(methods)].map((method) => method.toUpperCase()).sort();
}
