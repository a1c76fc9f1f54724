export { flaky } from './flaky-transport.js';
