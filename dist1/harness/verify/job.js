/** What a job's report weighs in the order of work: the long ones first. */
export function weightOf(job) {
  return job.options.method === 'exhaustive' ? 2 : 1;
}
