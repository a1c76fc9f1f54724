// Node's http, https, http2 and tls, as `require` gives them. An `import` of them reads every export, and one of http's loads Node's own
// undici since Node 22: that puts its dispatcher where a program's own undici, loaded later, finds and uses it.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const http = require('node:http') as typeof import('node:http');

/** What stands on TLS, loaded when it is asked for first. */
export function secureModules(): SecureModules {
  return { tls: require('node:tls'), https: require('node:https'), http2: require('node:http2') };
}

export interface SecureModules {
  readonly tls: typeof import('node:tls');
  readonly https: typeof import('node:https');
  readonly http2: typeof import('node:http2');
}
