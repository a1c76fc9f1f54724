/** What to paste to run one schedule of the test `name` of `file` again. */
export function shellCommand(replay: string, file: string, name: string): string {
  return `FOULWEATHER_REPLAY=${replay} npx vitest run ${quote(file)} -t ${quote(asPattern(name), true)}`;
}

/** vitest takes a name for a regular expression. */
function asPattern(name: string): string {
  return name.replace(/[\\^$*+?()[\]{}|]/g, '\\$&');
}

/** As a POSIX shell takes it literally. */
function quote(text: string, isAlways = false): string {
  if (/["$`\\!]/.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  return isAlways || /[^\w./@:+,=-]/.test(text) ? `"${text}"` : text;
}
