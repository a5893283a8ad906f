import type { Protocol, Shape } from '@ocpp-gw/ocpp-j';
import { ocpp16, shapes as shapes16 } from '@ocpp-gw/ocpp-v16';
import { shapes as shapes201 } from '@ocpp-gw/ocpp-v201';

type Shapes = Readonly<Record<string, Readonly<{ request: Shape; response: Shape }>>>;

/** What the schemas of a version demand, by action. */
export function shapesOf(protocol: Protocol): Shapes {
  return protocol === ocpp16 ? shapes16 : shapes201;
}

const ALL: readonly Shape[] = [shapes16, shapes201]
  .flatMap((shapes: Shapes) => Object.values(shapes))
  .flatMap(({ request, response }) => [request, response]);

/** The values that the schemas of either version have for a field, in lower case. */
export const ENUM_VALUES: ReadonlySet<string> = new Set(ALL.flatMap(valuesIn));

/** The names of all fields of either version. */
export const FIELD_NAMES: ReadonlySet<string> = new Set(ALL.flatMap(namesIn));

/** The names of the fields that have such values, in lower case. */
export const ENUM_FIELDS: ReadonlySet<string> = new Set(ALL.flatMap(enumsIn));

function enumsIn(shape: Shape): string[] {
  const fields = Object.entries(shape.properties ?? {}).filter(([, field]) => field.enum);
  return [...fields.map(([name]) => name.toLowerCase()), ...partsOf(shape).flatMap(enumsIn)];
}

function valuesIn(shape: Shape): string[] {
  return [...(shape.enum ?? []).map((value) => value.toLowerCase()), ...partsOf(shape).flatMap(valuesIn)];
}

function namesIn(shape: Shape): string[] {
  return [...Object.keys(shape.properties ?? {}), ...partsOf(shape).flatMap(namesIn)];
}

function partsOf({ properties = {}, items }: Shape): Shape[] {
  return [...Object.values(properties), ...(items ? [items] : [])];
}
