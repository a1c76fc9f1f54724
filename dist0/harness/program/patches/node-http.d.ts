export declare const http: typeof import('node:http');
export declare const https: typeof import('node:https');
export declare const http2: typeof import('node:http2');
