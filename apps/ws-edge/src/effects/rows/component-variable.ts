import type { ComponentRef, VariableRef } from '@ocpp-gw/contracts';
import { int32 } from '../wire-values.ts';

/** The columns that name a variable of a component; no instance is the empty one, no EVSE is 0. */
export function componentVariable({ component, variable }: { component: ComponentRef; variable: VariableRef }): object {
  return {
    component: component.name,
    component_instance: component.instance ?? '',
    evse_id: int32(component.evse?.id ?? 0),
    connector_id: int32(component.evse?.connectorId ?? 0),
    variable: variable.name,
    variable_instance: variable.instance ?? '',
  };
}
