import { DEFINITIONS } from '../commands/definitions.ts';

const CHARGE_POINT = '/api/v1/charge-points/{cp_id}';

/** The rpc of each route whose rpc is made from the route: parameters, answer, scope and problems are those of REST. */
export const ROUTE_RPCS: Readonly<Record<string, string>> = {
  'GET /api/v1/charge-points': 'ListChargePoints',
  [`GET ${CHARGE_POINT}`]: 'GetChargePoint',
  [`PUT ${CHARGE_POINT}`]: 'UpsertChargePoint',
  [`PATCH ${CHARGE_POINT}`]: 'UpdateChargePoint',
  [`POST ${CHARGE_POINT}/retire`]: 'RetireChargePoint',
  [`POST ${CHARGE_POINT}/restore`]: 'RestoreChargePoint',
  'GET /api/v1/transactions': 'ListTransactions',
  [`GET ${CHARGE_POINT}/transactions/{transaction_id}`]: 'GetTransaction',
  [`GET ${CHARGE_POINT}/meter-values`]: 'ListMeterValues',
  [`GET ${CHARGE_POINT}/meter-values/series`]: 'GetMeterValueSeries',
  [`GET ${CHARGE_POINT}/energy`]: 'GetEnergy',
  [`GET ${CHARGE_POINT}/transactions/{transaction_id}/energy`]: 'GetTransactionEnergy',
  [`GET ${CHARGE_POINT}/configuration`]: 'ListConfiguration',
  [`GET ${CHARGE_POINT}/reservations`]: 'ListReservations',
  [`GET ${CHARGE_POINT}/charging-profiles`]: 'ListChargingProfiles',
  [`GET ${CHARGE_POINT}/local-list`]: 'GetLocalList',
  [`GET ${CHARGE_POINT}/availability`]: 'ListAvailability',
  [`GET ${CHARGE_POINT}/firmware-updates`]: 'ListFirmwareUpdates',
  [`GET ${CHARGE_POINT}/log-uploads`]: 'ListLogUploads',
  [`GET ${CHARGE_POINT}/installed-certificates`]: 'ListInstalledCertificates',
  [`GET ${CHARGE_POINT}/certificate-signings`]: 'ListCertificateSignings',
  [`GET ${CHARGE_POINT}/variables`]: 'ListVariables',
  [`GET ${CHARGE_POINT}/monitors`]: 'ListMonitors',
  [`GET ${CHARGE_POINT}/display-messages`]: 'ListDisplayMessages',
  [`GET ${CHARGE_POINT}/network-profiles`]: 'ListNetworkProfiles',
  [`GET ${CHARGE_POINT}/charging-limits`]: 'ListChargingLimits',
  [`GET ${CHARGE_POINT}/firmware-publications`]: 'ListFirmwarePublications',
  [`GET ${CHARGE_POINT}/reports`]: 'ListReports',
  [`GET ${CHARGE_POINT}/reports/{ocpp_request_id}`]: 'GetWholeReport',
  [`GET ${CHARGE_POINT}/status-history`]: 'ListStatusHistory',
  [`GET ${CHARGE_POINT}/security-events`]: 'ListSecurityEvents',
  [`GET ${CHARGE_POINT}/station-events`]: 'ListStationEvents',
  'GET /api/v1/reconnect-loops': 'ListReconnectLoops',
  'GET /api/v1/commands': 'ListCommands',
  'GET /api/v1/commands/{command_id}': 'GetCommand',
  'GET /api/v1/bulk-commands': 'ListBulkCommands',
  'GET /api/v1/bulk-commands/{bulk_id}': 'GetBulkCommand',
  'GET /api/v1/bulk-commands/{bulk_id}/items': 'ListBulkItems',
  'POST /api/v1/bulk-commands/{bulk_id}/cancel': 'CancelBulkCommand',
  'DELETE /api/v1/authorization-cache/{id_token}': 'RemoveCachedAuthorization',
  'GET /api/v1/webhooks': 'ListWebhooks',
  'POST /api/v1/webhooks': 'CreateWebhook',
  'GET /api/v1/webhooks/{webhook}': 'GetWebhook',
  'PATCH /api/v1/webhooks/{webhook}': 'UpdateWebhook',
  'DELETE /api/v1/webhooks/{webhook}': 'DeleteWebhook',
  'POST /api/v1/webhooks/{webhook}/rotate-secret': 'RotateWebhookSecret',
  'POST /api/v1/webhooks/{webhook}/pause': 'PauseWebhook',
  'POST /api/v1/webhooks/{webhook}/resume': 'ResumeWebhook',
  'POST /api/v1/webhooks/{webhook}/test': 'TestWebhook',
  'GET /api/v1/webhook-deliveries': 'ListWebhookDeliveries',
  'GET /api/v1/webhook-deliveries/{delivery_id}': 'GetWebhookDelivery',
  'POST /api/v1/webhook-deliveries/{delivery_id}/replay': 'ReplayWebhookDelivery',
  'POST /api/v1/webhooks/{webhook}/replay': 'ReplayDeliveriesOfWebhook',
  'POST /api/v1/webhooks/{webhook}/resend': 'ResendDeliveriesOfWebhook',
};

/** The other rpcs: those of the commands, and those that gateway.proto.template declares. */
export const OTHER_RPCS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(DEFINITIONS.map(({ slug, kind }) => [`POST ${CHARGE_POINT}/commands/${slug}`, kind])),
  'GET /api/v1/events': 'StreamEvents',
  [`POST ${CHARGE_POINT}/calls/{action}`]: 'Call',
  [`POST ${CHARGE_POINT}/transactions/{transaction_id}/end`]: 'EndTransaction',
  [`POST ${CHARGE_POINT}/transactions/{transaction_id}/assign`]: 'AssignTransaction',
};

/** The routes that have no rpc of their own, and why. */
export const WITHOUT_RPC: Readonly<Record<string, string>> = {
  [`GET ${CHARGE_POINT}/commands`]: 'ListCommands with cp_id says the same',
  'GET /api/v1/webhooks/{webhook}/deliveries': 'ListWebhookDeliveries with webhook says the same',
  'POST /api/v1/bulk-commands': 'its body and its answer have more than one form',
};
