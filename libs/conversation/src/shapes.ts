import type { Protocol, Shape } from '@ocpp-gw/ocpp-j';
import { ocpp16, shapes as shapes16 } from '@ocpp-gw/ocpp-v16';
import { shapes as shapes201 } from '@ocpp-gw/ocpp-v201';

type Shapes = Readonly<Record<string, Readonly<{ request: Shape; response: Shape }>>>;

/** What the schemas of a version demand, by action. */
export function shapesOf(protocol: Protocol): Shapes {
  return protocol === ocpp16 ? shapes16 : shapes201;
}

/** The values that the schemas of either version have for a field, in lower case. */
export const ENUM_VALUES: ReadonlySet<string> = new Set(
  [shapes16, shapes201]
    .flatMap((shapes: Shapes) => Object.values(shapes))
    .flatMap(({ request, response }) => [...valuesIn(request), ...valuesIn(response)]),
);

function valuesIn({ enum: values = [], properties = {}, items }: Shape): string[] {
  const parts = [...Object.values(properties), ...(items ? [items] : [])];
  return [...values.map((value) => value.toLowerCase()), ...parts.flatMap(valuesIn)];
}
