/** The one of `known` that `word` was probably meant to be, or null if none is near. */
export function nearest(word, known) {
  let best = null;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? shortestWith(word, known);
}
/** `port` may have meant `localPort`: the shortest name of which the word is a part. */
function shortestWith(word, known) {
  const part = word.replace(/^-+/, '').toLowerCase();
  const whole = [...known].filter((candidate) => candidate.toLowerCase().includes(part));
  return part.length < 3 || whole.length === 0 ? null : whole.reduce((a, b) => (b.length < a.length ? b : a));
}
/** `unknown option --prot; did you mean --port?` */
export function unknownMessage(kind, word, known) {
  const suggestion = nearest(word, known);
  return `unknown ${kind} ${word}${suggestion === null ? '' : `; did you mean ${suggestion}?`}`;
}
/** Insertions, deletions, replacements and swaps of neighbours that turn `from` into `to`. */
function editDistance(from, to) {
  let beforeLast = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      let cost = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1));
      const isSwap =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwap) cost = Math.min(cost, beforeLast[column - 2] + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length];
}
