import { snakeCase, type PayloadFault } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { DEFINITIONS } from '../commands/definitions.ts';
import { unwrapped } from '../unwrapped.ts';
import type { RequestFault } from './members.ts';

/** Fields of the callers' bodies, by the fields of OCPP messages that they become where snake_case does not tell. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  attributeValue: ['value'],
  cacheExpiryDateTime: ['expires_at'],
  certificateType: ['certificate_types'],
  chargingLimitSource: ['charging_limit_sources'],
  chargingProfileId: ['charging_profile_ids'],
  chargingProfileKind: ['kind'],
  chargingProfilePurpose: ['purpose'],
  chargingSchedule: ['schedule'],
  chargingSchedulePeriod: ['periods'],
  component: ['key'],
  componentVariable: ['component_variables'],
  connectorId: ['evse_id'],
  csChargingProfiles: ['charging_profile'],
  expiryDate: ['expires_at'],
  expiryDateTime: ['expires_at'],
  getVariableData: ['variables', 'keys'],
  id: ['charging_profile_id', 'reservation_id', 'ids'],
  idTag: ['id_token'],
  installDateTime: ['install_at'],
  key: ['keys'],
  latestTimestamp: ['latest'],
  listVersion: ['version'],
  localAuthorizationList: ['entries'],
  oldestTimestamp: ['oldest'],
  operationalStatus: ['operative'],
  parentIdTag: ['group_id_token'],
  remoteLocation: ['location'],
  requestId: ['ocpp_request_id'],
  retrieveDate: ['retrieve_at'],
  retrieveDateTime: ['retrieve_at'],
  setMonitoringData: ['monitors'],
  setVariableData: ['variables'],
  startTime: ['oldest'],
  stopTime: ['latest'],
  type: ['operative'],
  variable: ['key'],
  versionNumber: ['version'],
};

/** The same for a field within another one. */
const NESTED: Readonly<Record<string, string>> = {
  'evse/connectorId': 'connector_id',
  'evse/id': 'evse_id',
  'idToken/type': 'id_token_type',
};

/** Commands whose connector, in a message of OCPP 1.6, is the EVSE of the body; 2.0.1 names it within the EVSE or after it. */
const BY_EVSE = 'connectorId';

const REQUESTS = new Map(DEFINITIONS.map(({ slug, request }) => [slug, request]));

/**
 * The faults of the message that a command becomes, as faults of the body of its request. A fault that belongs to no field of
 * the body points to the nearest one that holds it, and its text names the field of the message.
 */
export function callerFaults(command: string, action: string, faults: readonly PayloadFault[]): RequestFault[] {
  const request = REQUESTS.get(command);
  if (!request) return faults.map(({ path, message }) => ({ pointer: path, message }));
  return faults.map(({ path, message }) => {
    const { pointer, isExact } = pointerInto(request, path);
    return { pointer, message: isExact ? message : `${message} (${path.slice(1)} of ${action})` };
  });
}

/** `path` is a JSON pointer into the message. */
function pointerInto(request: z.ZodType, path: string): { pointer: string; isExact: boolean } {
  let tokens = path.split('/').slice(1);
  let schema = unwrapped(request);
  let pointer = '';
  let isExact = true;
  const enter = (name: string, next: z.ZodType, used: number): void => {
    pointer += `/${name}`;
    schema = unwrapped(next);
    tokens = tokens.slice(used);
    isExact = true;
  };
  while (tokens.length > 0) {
    const [token = '', next = ''] = tokens;
    const shape: Record<string, z.ZodType> = schema instanceof z.ZodObject ? schema.shape : {};
    const nested = NESTED[`${token}/${next}`];
    const name = namesOf(token).find((each) => shape[each]);
    if (schema instanceof z.ZodArray && /^\d+$/.test(token)) enter(token, schema.element as z.ZodType, 1);
    else if (nested !== undefined && shape[nested]) enter(nested, shape[nested], 2);
    else if (token === 'chargingSchedule' && Number(next) > 0 && shape['alternatives'])
      enter(
        `alternatives/${Number(next) - 1}`,
        (unwrapped(shape['alternatives']) as z.ZodArray).element as z.ZodType,
        2,
      );
    else if (name !== undefined) enter(name, shape[name] as z.ZodType, 1);
    else {
      // A leaf of the body that became an object, or an object that holds several fields of the body.
      isExact = !(schema instanceof z.ZodObject) && !(schema instanceof z.ZodArray);
      tokens = tokens.slice(1);
    }
  }
  return { pointer, isExact };
}

function namesOf(token: string): readonly string[] {
  const others = FIELDS[token] ?? [];
  return token === BY_EVSE ? [...others, snakeCase(token)] : [snakeCase(token), ...others];
}
