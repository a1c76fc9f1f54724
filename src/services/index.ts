export * from './client-relay.ts';
export * from './connection-report.ts';
export * from './echo-server.ts';
export * from './forward-server.ts';
export * from './gate.ts';
export * from './relay.ts';
export * from './service-server.ts';
export type { ServiceOptions } from './settings.ts';
