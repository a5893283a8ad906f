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
    .flatMap((layer) => Object.keys(layer.route?.methods ?? {}))
    // Middleware mounted for every method, such as the access log, serves nothing.
    .filter((method) => method !== '_all');
  return [...new Set(methods)].map((method) => method.toUpperCase()).sort();
}
