import type { ComponentRef, VariableRef } from '@ocpp-gw/contracts';
import { int32 } from '../column-values.ts';

interface OfVariable {
  component: ComponentRef;
  variable: VariableRef;
}

/** The columns that name a variable of a component; without an instance it is empty, without an EVSE it is 0. */
export const componentVariable = {
  component: ({ component }: OfVariable): string => component.name,
  component_instance: ({ component }: OfVariable): string => component.instance ?? '',
  evse_id: ({ component }: OfVariable): number => int32(component.evse?.id ?? 0),
  connector_id: ({ component }: OfVariable): number => int32(component.evse?.connectorId ?? 0),
  variable: ({ variable }: OfVariable): string => variable.name,
  variable_instance: ({ variable }: OfVariable): string => variable.instance ?? '',
};
