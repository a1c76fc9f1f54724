import { Redis } from 'ioredis';
const r = new Redis({ port: 26381, host: '127.0.0.1', retryStrategy: () => 20, maxRetriesPerRequest: null });
let errs = 0; r.on('error', () => errs++); let ends = 0; r.on('close', () => ends++);
const t0 = Date.now();
for (let i = 0; i < 150; i++) {
  await r.set('k', String(i)); const v = await r.get('k');
  if (v !== String(i)) console.log('WRONG', i, v);
  if (i % 10 === 9) console.log(i + 1, 'rounds', ((Date.now() - t0) / 1000).toFixed(1), 's closes', ends);
}
console.log('done', Date.now() - t0, 'errors', errs, 'closes', ends); r.disconnect();
