export * from './decisions/decisions.ts';
export { COMMON_FAMILIES, FAMILIES, type Family, type Label } from './decisions/label.ts';
export * from './decisions/replay-string.ts';
export * from './decisions/weather.ts';
export { DivergedError, SimulationError } from './errors.ts';
export type { Disk, DiskFailure, FileOperation } from './files/disk.ts';
export type { PipeEnds } from './files/storage.ts';
export type { Host } from './host.ts';
export type { Latency } from './link/latency.ts';
export type { Link } from './link/link.ts';
export type { LinkPair } from './link/link-pair.ts';
export type { LossOptions } from './link/loss-plan.ts';
export { formatFailure } from './report/format-failure.ts';
export { formatRemaining, formatReport, sometimesLines } from './report/format-report.ts';
export { group } from './report/numbers.ts';
export * from './report/report.ts';
export { describeFailure, type Finding } from './report/report-failure.ts';
export * from './report/report-merge.ts';
export { type Demands, unmet } from './report/unmet.ts';
export * from './scenario.ts';
export type { Shard } from './search/bounded.ts';
export type { Estimate, LevelEstimate, Spread } from './search/estimate.ts';
export * from './search/explore.ts';
export type { ExploreOptions, Method } from './search/explore-options.ts';
export {
  checkIndependence,
  type IndependenceOptions,
  type IndependenceReport,
} from './search/independence.ts';
export * from './shrink/shrink.ts';
export * from './simulation.ts';
export * from './simulation-options.ts';
export * from './strategies/pct.ts';
export * from './strategies/pos.ts';
export * from './strategies/random.ts';
export * from './strategies/replay.ts';
export * from './strategies/swarm.ts';
export { Arena } from './tcp/arena.ts';
export type { BufferOptions } from './tcp/buffers.ts';
export type { Connection } from './tcp/connection.ts';
export type { ReadLimit } from './tcp/read-pace.ts';
export * from './trace.ts';
