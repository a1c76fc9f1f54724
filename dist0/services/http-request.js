import { show } from '../core/arguments.js';
import { ArgumentError } from '../core/errors.js';
/** Where and what an `http:` URL asks for. Throws ArgumentError. */
export function parseHttpUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new ArgumentError('ERR_INVALID_ARG_VALUE', `url must be like http://host/path, got ${show(text)}`);
  }
  if (url.protocol !== 'http:') {
    throw new ArgumentError('ERR_INVALID_ARG_VALUE', `url must begin with http://, got ${url.protocol}//`);
  }
  const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  const port = url.port === '' ? 80 : Number(url.port);
  if (port === 0)
    throw new ArgumentError('ERR_INVALID_ARG_VALUE', 'url must have a port from 1 to 65535, got 0');
  return {
    address: { host: hostname, port },
    host: url.host,
    path: url.pathname + url.search,
    authorization: authorizationOf(url),
  };
}
function authorizationOf(url) {
  if (url.username === '' && url.password === '') return null;
  const credentials = `${decode(url.username)}:${decode(url.password)}`;
  const bytes = new TextEncoder().encode(credentials);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `the user of the url must be percent-encoded UTF-8, got ${show(part)}`,
    );
  }
}
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** The bytes of a GET request. Throws ArgumentError for a header that could not be one. */
export function formatRequest(request) {
  const fields = new Map([
    ['host', [`Host: ${request.host}`]],
    ['user-agent', ['User-Agent: foulweather']],
    ['accept', ['Accept: */*']],
    ['connection', ['Connection: close']],
  ]);
  if (request.authorization !== null)
    fields.set('authorization', [`Authorization: ${request.authorization}`]);
  for (const [name, given] of Object.entries(request.headers)) {
    const values = Array.isArray(given) ? given : [given];
    for (const value of values) checkField(name, value);
    fields.set(
      name.toLowerCase(),
      values.map((value) => `${name}: ${value}`),
    );
  }
  const lines = [...fields.values()].flat().map((field) => `${field}\r\n`);
  const text = `GET ${request.path} HTTP/1.0\r\n${lines.join('')}\r\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
function checkField(name, value) {
  if (FIELD_NAME.test(name) && typeof value === 'string' && FIELD_VALUE.test(value)) return;
  throw new ArgumentError(
    'ERR_INVALID_ARG_VALUE',
    `headers must map field names to one-line values, got ${show(name)}: ${show(value)}`,
  );
}
