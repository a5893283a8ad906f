export { gatewayProto } from './grpc/gateway-proto.ts';
export type { Lock } from './grpc/lock.ts';
export type { RpcDeclaration } from './grpc/model.ts';
export { schemaFaultsOf, type SchemaFaults } from './schema-faults.ts';
