const FRAME = /^\s+at (?:(?<functionName>.+?) \()?(?<file>.+?):(?<line>\d+):\d+\)?$/;
/** asyncore's compact_traceback: the innermost frame, and all of them in short. Reads V8's stack format. */
export function compactTraceback(error) {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').flatMap((text) => {
    const groups = FRAME.exec(text)?.groups;
    if (groups === undefined) return [];
    return [{ file: groups.file, functionName: groups.functionName ?? '?', line: Number(groups.line) }];
  });
  const innermost = frames[0] ?? { file: '?', functionName: '?', line: 0 };
  const info = frames.map((frame) => `[${frame.file}|${frame.functionName}|${frame.line}]`);
  return {
    ...innermost,
    type: error instanceof Error ? error.name : typeof error,
    value: error,
    info: info.reverse().join(' '),
  };
}
