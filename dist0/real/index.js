export * from './create-reactor.js';
export * from './driver.js';
export * from './real-endpoint.js';
export * from './real-listener.js';
export * from './real-transport.js';
export { systemClock } from './system-clock.js';
