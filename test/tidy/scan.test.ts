import { expect, test } from 'vitest';
import { scan } from './support/scan.ts';

const code = (text: string): string => scan(text).code.replace(/ +/g, ' ').trim();
const prose = (text: string): string[] => scan(text).prose.map((part) => part.text.trim());

test('a line comment is prose', () => {
  expect(code('a; // Date\nb')).toBe('a; \nb');
  expect(prose('a; // Date\nb')).toEqual(['// Date']);
});

test('a block comment keeps its lines', () => {
  expect(scan('/* one\n two */ a').code).toBe('      \n        a');
});

test('a string that holds comment marks is one string', () => {
  expect(code("const url = 'http://host/*'; b")).toBe("const url = ' '; b");
});

test('an escaped quote does not end a string', () => {
  expect(code(String.raw`f('it\'s'); g`)).toBe("f(' '); g");
});

test('code inside a template stays code', () => {
  expect(code('f(`at ${Date.now() + `${x}`} ms`); g')).toContain('Date.now()');
  expect(code('f(`at ${Date.now()} ms`); g')).not.toContain('ms');
});

test('braces inside a substitution do not end it', () => {
  expect(code('`${[1].map((n) => { return n; })} Date`; after')).not.toContain('Date');
});

test('a regular expression is blanked, a division is not', () => {
  expect(code('x.match(/[\'"]/) ; y')).toBe('x.match( ) ; y');
  expect(code('total / count / 2')).toBe('total / count / 2');
});

test('the blanked code has the length of the file', () => {
  const text = "const a = `x${b}y`; // c\n/* d */ const e = 'f' / 2;";
  expect(scan(text).code).toHaveLength(text.length);
});
