import { readFileSync } from 'node:fs';
import { unknownMessage } from './nearest.js';
import { longName } from './options.js';
/** The options in a JSON file. Problems are added to `problems`; unknown keys are named with the nearest known one. */
export function readConfigFile(path, table, problems) {
  const config = new Map();
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
const REASONS = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};
function readObject(path, problems) {
  try {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    const content = text.trim() === '' ? null : JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
      return content;
    }
    problems.push(`${path} must hold one JSON object of options`);
  } catch (error) {
    const { code = '', message } = error;
    const why = REASONS[code] ?? message;
    problems.push(`--config ${path} cannot be read: ${why}`);
  }
  return {};
}
