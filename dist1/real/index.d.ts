export * from './create-reactor.ts';
export * from './driver.ts';
export * from './real-endpoint.ts';
export * from './real-listener.ts';
export * from './real-transport.ts';
export { systemClock } from './system-clock.ts';
