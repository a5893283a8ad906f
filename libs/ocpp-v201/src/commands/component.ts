import type { AttributeType, ComponentRef, VariableRef } from '@ocpp-gw/contracts';
import type { ComponentType, VariableType } from '#generated/messages.d.ts';

/** Without custom data, which is the vendor's own. */
export function readComponent({ name, instance, evse }: ComponentType): ComponentRef {
  return { name, instance, evse: evse && { id: evse.id, connectorId: evse.connectorId } };
}

export function readVariable({ name, instance }: VariableType): VariableRef {
  return { name, instance };
}

/** Equal for two names of one variable: they are identifierStrings, whose letter case does not matter. */
export function variableKey({ component, variable }: { component: ComponentType; variable: VariableType }): string {
  const { name, instance, evse } = component;
  const names = [name, instance, variable.name, variable.instance].map((each) => each?.toLowerCase());
  return JSON.stringify([...names, evse?.id, evse?.connectorId]);
}

interface Attribute {
  component: ComponentType;
  variable: VariableType;
  attributeType?: AttributeType;
}

/** The same for one attribute of it. */
export function attributeKey({ component, variable, attributeType = 'Actual' }: Attribute): string {
  return `${attributeType} ${variableKey({ component, variable })}`;
}
