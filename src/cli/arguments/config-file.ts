import { readFileSync } from 'node:fs';
import { unknownMessage } from './nearest.ts';
import { type Config, longName, type OptionTable } from './options.ts';

/** The options in a JSON file. Problems are added to `problems`; unknown keys are named with the nearest known one. */
export function readConfigFile(path: string, table: OptionTable, problems: string[]): Config {
  const config = new Map<string, unknown>();
  const content = readObject(path, problems);
  const known = Object.keys(table).filter((key) => key !== 'config');
  for (const [name, value] of Object.entries(content)) {
    const key = known.find((candidate) => candidate === name || longName(table[candidate]) === `--${name}`);
    if (key === undefined) problems.push(`${path}: ${unknownMessage('key', name, known)}`);
    else if (config.has(key)) problems.push(`${path}: ${key} is given twice`);
    else config.set(key, value);
  }
  return { path, values: config };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

function readObject(path: string, problems: string[]): Record<string, unknown> {
  try {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    const content: unknown = text.trim() === '' ? null : JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
      return content as Record<string, unknown>;
    }
    problems.push(`${path} must hold one JSON object of options`);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const why = REASONS[code] ?? message;
    problems.push(`--config ${path} cannot be read: ${why}`);
  }
  return {};
}
