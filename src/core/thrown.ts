// What was thrown, in words. A program may throw anything: what is no Error, or an Error whose fields throw when they are read.
import { show } from './arguments.ts';

/** How deep causes are followed. */
const CAUSES_MAX = 4;

/** How many parts of an object, or of an AggregateError, are told. */
const PARTS_MAX = 8;

/** `TypeError: no such port`, with its causes on lines of their own; an object as its fields. Never throws. */
export function tellThrown(thrown: unknown): string {
  try {
    return tell(thrown, 0);
  } catch {
    return `${kindOf(thrown)} was thrown that cannot be read: its fields throw`;
  }
}

/** What was thrown, or an Error that tells it where nobody could even ask what it is (a proxy). */
export function askable(thrown: unknown): unknown {
  try {
    Reflect.getPrototypeOf(Object(thrown));
    return thrown;
  } catch {
    return new Error(tellThrown(thrown));
  }
}

/** The call stack of what was thrown; empty where there is none. Never throws. */
export function stackOf(thrown: unknown): string {
  try {
    const { stack } = thrown as Error;
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}

function tell(thrown: unknown, depth: number): string {
  if (!(thrown instanceof Error)) return tellValue(thrown);
  const lines = [`${thrown.name}: ${thrown.message}`];
  if (depth === CAUSES_MAX) return lines[0];
  if ('errors' in thrown && Array.isArray(thrown.errors))
    for (const part of thrown.errors.slice(0, PARTS_MAX)) lines.push(`of these: ${tell(part, depth + 1)}`);
  if (thrown.cause !== undefined) lines.push(`caused by ${tell(thrown.cause, depth + 1)}`);
  return lines.join('\n');
}

function tellValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { toString: own } = value as { toString?: unknown };
  if (typeof own === 'function' && own !== Object.prototype.toString) return String(value);
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${show(field)}`);
  const more = fields.length > PARTS_MAX ? ', …' : '';
  return `{ ${fields.slice(0, PARTS_MAX).join(', ')}${more} }`;
}

function kindOf(thrown: unknown): string {
  return typeof thrown === 'object' ? 'an object' : `a ${typeof thrown}`;
}
