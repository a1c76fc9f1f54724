// Node's http, https and http2, as `require` gives them. An `import` of them reads every export, and one of http's loads Node's own
// undici since Node 22: that puts its dispatcher where a program's own undici, loaded later, finds and uses it.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
export const http = require('node:http');
export const https = require('node:https');
export const http2 = require('node:http2');
