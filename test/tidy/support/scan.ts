// Tells code, comments and strings of a TypeScript file apart. The tidy rules need no more than that of a parser.

/** A stretch of prose: a comment, or the inside of a string. */
export interface Prose {
  readonly kind: 'comment' | 'string';
  /** Index of its first character in the file. */
  readonly index: number;
  readonly text: string;
}

export interface Scanned {
  /** The file with comments and the insides of strings blanked out; same length, same lines. */
  readonly code: string;
  readonly prose: readonly Prose[];
}

const REGEX_MAY_FOLLOW = /(^|[([{,;=:!&|?+\-*%<>~^]|\b(return|typeof|case|in|of|do|else|yield|await))\s*$/;
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/y;
const PLAIN_STRING = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;
const LINE_COMMENT = /\/\/[^\n]*/y;
const BLOCK_COMMENT = /\/\*[\s\S]*?\*\//y;
const TEMPLATE_PART = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*/y;

export function scan(text: string): Scanned {
  const prose: Prose[] = [];
  const code: string[] = [];
  /** Open braces since each `${` that is still open. */
  const templates: number[] = [];
  let index = 0;

  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = index;
    return pattern.exec(text)?.[0] ?? null;
  };
  const blank = (part: string, kind?: Prose['kind']): void => {
    if (kind !== undefined) prose.push({ kind, index, text: part });
    code.push(part.replace(/[^\n]/g, ' '));
    index += part.length;
  };
  const keep = (): void => {
    code.push(text[index]);
    index += 1;
  };
  /** From just after a backquote or a closing `}` to the next `${` or the end of the template. */
  const template = (): void => {
    blank(match(TEMPLATE_PART)!, 'string');
    if (text.startsWith('${', index)) {
      blank('${');
      templates.push(0);
    } else if (index < text.length) keep();
  };
  const startsRegex = (): boolean => REGEX_MAY_FOLLOW.test(code.slice(-200).join('').slice(-200));

  while (index < text.length) {
    const character = text[index];
    const comment = character === '/' ? (match(LINE_COMMENT) ?? match(BLOCK_COMMENT)) : null;
    const string = character === "'" || character === '"' ? match(PLAIN_STRING) : null;
    const regex = character === '/' && comment === null && startsRegex() ? match(REGEX) : null;
    if (comment !== null) blank(comment, 'comment');
    else if (string !== null) {
      keep();
      blank(string.slice(1, -1), 'string');
      keep();
    } else if (regex !== null) blank(regex);
    else if (character === '`') {
      keep();
      template();
    } else if (character === '}' && templates.at(-1) === 0) {
      blank('}');
      templates.pop();
      template();
    } else {
      if (templates.length > 0 && character === '{') templates[templates.length - 1] += 1;
      if (templates.length > 0 && character === '}') templates[templates.length - 1] -= 1;
      keep();
    }
  }
  return { code: code.join(''), prose };
}
