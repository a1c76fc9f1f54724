export const active = {
  line: null,
  quiet: null,
  run: null,
  program: null,
  evict: null,
  abandoned: 0,
  installedAt: null,
  installation: null,
  lastInLine: Promise.resolve(),
};
