// What an option's text may be. Each parser returns the value, or throws a ValueProblem that says what it takes.
import { type Address, ArgumentError } from '../../core/index.ts';
import { type WEATHERS, type Weather, weatherOf } from '../../sim/index.ts';

/** What is wrong with one value; the option's name is put before it. */
export class ValueProblem extends Error {}

export type Parser<T> = (text: string) => T;

export const port: Parser<number> = (text) => {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 65535))
    throw new ValueProblem(`must be a port from 0 to 65535, got ${JSON.stringify(text)}`);
  return value;
};

export const remotePort: Parser<number> = (text) => {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > 65535)
    throw new ValueProblem(`must be a port from 1 to 65535, got ${JSON.stringify(text)}`);
  return value;
};

export const host: Parser<string> = (text) => {
  const bare = /^\[.*\]$/.test(text) ? text.slice(1, -1) : text;
  if (!/^[0-9A-Za-z_.:%-]+$/.test(bare))
    throw new ValueProblem(`must be a host name or IP address, got ${JSON.stringify(text)}`);
  return bare;
};

/** A whole number from `minimum` on. */
export function count(minimum: number, maximum = Number.MAX_SAFE_INTEGER): Parser<number> {
  const range = maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum} to ${maximum}`;
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= minimum && value <= maximum)) {
      throw new ValueProblem(`must be a whole number, ${range}, got ${JSON.stringify(text)}`);
    }
    return value;
  };
}

const DURATIONS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, '': 1000 };

/** What a timer of Node can wait at most: a longer one would fire at once. */
const DURATION_MS_MAX = 2 ** 31 - 1;

/** Milliseconds from `500ms`, `30s`, `5m`, `1h`, or a bare number of seconds; at most 24 days. */
export const duration: Parser<number> = (text) => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  if (match === null)
    throw new ValueProblem(`must be a time such as 500ms, 30s, 5m or 1h, got ${JSON.stringify(text)}`);
  const value = Number(match[1]) * DURATIONS[match[2] ?? ''];
  if (value > DURATION_MS_MAX) throw new ValueProblem(`must be at most 596h, got ${JSON.stringify(text)}`);
  return value;
};

const SIZES: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes from `65536`, `64K`, `64KiB`, `1M`, `1G`. */
export const size: Parser<number> = (text) => {
  const match = /^(\d+)(?:([KMG])(?:iB)?)?$/i.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]) * SIZES[(match[2] ?? '').toUpperCase()];
  if (!Number.isSafeInteger(value))
    throw new ValueProblem(`must be a size such as 65536, 64K or 1M, got ${JSON.stringify(text)}`);
  return value;
};

/** One of `choices`. */
export function oneOf<T extends string>(...choices: readonly T[]): Parser<T> {
  return (text) => {
    if (!(choices as readonly string[]).includes(text)) {
      throw new ValueProblem(`must be one of ${choices.join(', ')}, got ${JSON.stringify(text)}`);
    }
    return text as T;
  };
}

export const text: Parser<string> = (value) => {
  if (value === '') throw new ValueProblem('must not be empty');
  if (value.includes('\0')) throw new ValueProblem('must not contain a NUL');
  return value;
};

/** `PORT`, `HOST:PORT`, `[IPV6]:PORT`, `unix:PATH` or `/PATH`; `forms` names those that its caller takes. */
export function address(
  defaultHost: string,
  parsePort: Parser<number>,
  forms = 'PORT, HOST:PORT, [IPV6]:PORT or unix:PATH',
): Parser<Address> {
  return (value) => {
    const path = value.startsWith('unix:') ? value.slice(5) : value.startsWith('/') ? value : null;
    if (path !== null) return { path: text(path) };
    const match = /^(?:(.*):)?(\d+)$/.exec(value);
    if (match === null) {
      throw new ValueProblem(`must be ${forms}, got ${JSON.stringify(value)}`);
    }
    const [, hostText = defaultHost, portText] = match;
    if (hostText.includes(':') && !hostText.startsWith('[')) {
      throw new ValueProblem(
        `must have an IPv6 address in brackets, as [::1]:${portText}, got ${JSON.stringify(value)}`,
      );
    }
    return { host: hostText === '' ? defaultHost : host(hostText), port: parsePort(portText) };
  };
}

export interface ForwardPair {
  readonly local: Address;
  readonly remote: Address;
}

/**
 * `LOCAL=REMOTE`, each an address. A path may contain `=`: where there are several, the one is meant that has an
 * address on either side. Text that can be read in two ways is refused.
 */
export const forwardPair: Parser<ForwardPair> = (value) => {
  const pairs: ForwardPair[] = [];
  const problems: ValueProblem[] = [];
  for (let at = value.indexOf('='); at >= 0; at = value.indexOf('=', at + 1)) {
    try {
      pairs.push(pairAt(value, at));
    } catch (error) {
      if (!(error instanceof ValueProblem)) throw error;
      problems.push(error);
    }
  }
  if (pairs.length > 1) {
    throw new ValueProblem(
      `can be read in ${pairs.length} ways, as "=" stands in a path, got ${JSON.stringify(value)}`,
    );
  }
  if (pairs.length === 1) return pairs[0];
  if (problems.length === 1) throw problems[0];
  throw new ValueProblem(`must be LOCAL=REMOTE, got ${JSON.stringify(value)}`);
};

function pairAt(value: string, at: number): ForwardPair {
  const side = (which: string, text: string, parsePort: Parser<number>): Address => {
    try {
      return address('127.0.0.1', parsePort)(text);
    } catch (error) {
      if (!(error instanceof ValueProblem)) throw error;
      throw new ValueProblem(`${value}: the ${which} side ${error.message}`);
    }
  };
  return {
    local: side('local', value.slice(0, at), port),
    remote: side('remote', value.slice(at + 1), remotePort),
  };
}

/** A preset of the weather, or rates by family: `storm`, or `split=0.5,reset=0.01`. */
export const weather: Parser<Weather> = (text) => {
  try {
    if (!text.includes('=')) return weatherOf(text as keyof typeof WEATHERS);
    return weatherOf(Object.fromEntries(text.split(',').map(rateOf)));
  } catch (error) {
    if (error instanceof ArgumentError) throw new ValueProblem(`is no weather: ${error.message}`);
    throw error;
  }
};

function rateOf(text: string): [family: string, rate: number] {
  const [family, rate] = text.split('=');
  if (!/^(0|1|0?\.\d+|1\.0+)$/.test(rate ?? ''))
    throw new ValueProblem(
      `needs rates from 0 to 1, as in split=0.5,reset=0.01, got ${JSON.stringify(text)}`,
    );
  return [family, Number(rate)];
}
