import type { components, paths } from './generated/api.ts';

export type Command = components['schemas']['Command'];

type CommandRoute = '/api/v1/charge-points/{cp_id}/commands/';
type CommandPath = Extract<keyof paths, `${CommandRoute}${string}`>;

/** The name of a command as in its route, such as remote-start. */
export type CommandName = CommandPath extends `${CommandRoute}${infer Name}` ? Name : never;

/** The body of a command. */
export type CommandBody<Name extends CommandName> = BodyOf<paths[`${CommandRoute}${Name}` & CommandPath]['post']>;

type BodyOf<Operation> = Operation extends { requestBody?: infer Body }
  ? NonNullable<Body> extends { content: { 'application/json': infer Json } }
    ? Json
    : never
  : never;

type PageOf<Path> = Path extends {
  get: { responses: { 200: { content: { 'application/json': infer Page } } } };
}
  ? Page extends { items: readonly (infer Item)[]; next_cursor: string | null }
    ? Item
    : never
  : never;

/** The paths of all lists. */
export type ListPath = {
  [Path in keyof paths]: PageOf<paths[Path]> extends never ? never : Path;
}[keyof paths];

export type ItemOf<Path extends ListPath> = PageOf<paths[Path]>;

/** The parameters of a list. */
export type ListParameters<Path extends ListPath> = paths[Path] extends { get: { parameters: infer Parameters } }
  ? Pick<Parameters, Extract<'path' | 'query', keyof Parameters>>
  : never;
