import { beforeAll, describe, expect, it } from '@jest/globals';
import { schemaFaultsOf } from '@ocpp-gw/codegen';
import { documentOfRoutes } from './export.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- a document of any depth */
let document: any;

beforeAll(async () => {
  document = JSON.parse(JSON.stringify(await documentOfRoutes()));
});

describe('the rules in the OpenAPI document', () => {
  it('say what reads an answer again, by operations and parameters that there are', () => {
    const operations = Object.values<any>(document.paths).flatMap((methods) => Object.values<any>(methods));
    const answers = operations.flatMap(({ responses }) => Object.values<any>(responses));
    const linked = [...answers, ...Object.values<any>(document.components.responses)].filter(({ links }) => links);
    const leadTo = new Set<string>();
    for (const { links, content } of linked)
      for (const { operationId, parameters } of Object.values<any>(links)) {
        leadTo.add(operationId);
        const target = operations.find((operation) => operation.operationId === operationId);
        const inPath = target.parameters.filter((each: any) => each.in === 'path').map((each: any) => each.name);
        expect([operationId, Object.keys(parameters).toSorted()]).toEqual([operationId, inPath.toSorted()]);
        const schema = content['application/json'].schema.$ref.split('/').at(-1);
        for (const expression of Object.values<string>(parameters))
          expect(document.components.schemas[schema].properties).toHaveProperty([
            expression.replace('$response.body#/', ''),
          ]);
      }
    expect([...leadTo].toSorted()).toEqual([
      'getBulkCommand',
      'getChargePoint',
      'getCommand',
      'getTransaction',
      'getWebhook',
      'getWebhookDelivery',
    ]);
  });

  it('refuse what either version of OCPP refuses', () => {
    const faultsOf = schemaFaultsOf(document);
    const customer = { report: true, clear: false, id_token: 'T' };
    const profile = {
      charging_profile_id: 1,
      stack_level: 0,
      purpose: 'TxDefaultProfile',
      kind: 'Relative',
      schedule: { charging_rate_unit: 'A', periods: [{ start_period: 0, limit: 6 }] },
    };
    const reservation = { id_token: 'T', expires_at: '2036-01-31T12:00:00Z' };
    const bodies: [string, object, boolean][] = [
      ['CustomerInformation', customer, true],
      ['CustomerInformation', { ...customer, customer_identifier: 'C' }, false],
      ['CustomerInformation', { report: true, clear: true }, false],
      ['CustomerInformation', { ...customer, report: false }, false],
      ['ReserveNow', { ...reservation, evse_id: 1 }, true],
      ['ReserveNow', { ...reservation, connector_type: 'Pan' }, true],
      ['ReserveNow', { ...reservation, evse_id: 1, connector_type: 'Pan' }, false],
      ['SetChargingProfile', { evse_id: 1, charging_profile: profile }, true],
      ['SetChargingProfile', { evse_id: 1, charging_profile: { ...profile, kind: 'Recurring' } }, false],
      ['SetChargingProfile', { evse_id: 1, charging_profile: { ...profile, recurrency_kind: 'Daily' } }, false],
      ['SetChargingProfile', { evse_id: 1, charging_profile: { ...profile, transaction_id: '7' } }, false],
    ];
    for (const [kind, body, fits] of bodies)
      expect([kind, body, faultsOf({ $ref: `#/components/schemas/${kind}Request` }, body).length === 0]).toEqual([
        kind,
        body,
        fits,
      ]);
  });
});
