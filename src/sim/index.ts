export { Arena } from './arena.ts';
export * from './decisions.ts';
export { SimulationError } from './errors.ts';
export type { Host } from './host.ts';
export { FAMILIES, type Family, type Label } from './label.ts';
export type { Link } from './link.ts';
export * from './simulation.ts';
export * from './trace.ts';
export * from './weather.ts';
