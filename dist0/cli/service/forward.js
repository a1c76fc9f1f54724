import cluster from 'node:cluster';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { formatAddress, isUnixAddress } from '../../core/index.js';
import { ForwardServer } from '../../services/index.js';
import { readConfigured } from '../arguments/configured-call.js';
import { addOptions, throwProblems } from '../arguments/options.js';
import { host, text, ValueProblem } from '../arguments/values.js';
import { CommandError } from '../usage-error.js';
import { serve } from './serve.js';
import { FORWARD_OPTIONS } from './service-options.js';
import { checkTogether } from './service-plan.js';

const EXAMPLES = `
Examples:
  foulweather forward -p 8080 -r 192.0.2.7
  foulweather forward -l 0.0.0.0 -p 5433 -r db.internal -P 5432 --max-connections 200 --max-held 50
  foulweather forward --forward 8080=web:80 --forward unix:/run/db.sock=db:5432 --admin 9100
  foulweather forward --config forward.json --workers 4
  foulweather forward -p 8080 -r 127.0.0.1 --weather storm --seed 7
`;
/** `foulweather forward` */
export function registerForward(program) {
  const command = program
    .command('forward')
    .description('Forward each connection to a remote, both ways, and each end or reset as what it is.')
    .addHelpText('after', EXAMPLES)
    .action(() => run(command));
  addOptions(command, FORWARD_OPTIONS);
}
async function run(command) {
  const call = readConfigured(command, FORWARD_OPTIONS);
  const { values, given, problems } = call;
  const pairs = [...values.forward.filter((pair) => pair !== undefined)];
  const isSingle = ['localIp', 'localPort', 'remoteIp', 'remotePort'].some((key) => given.has(key));
  if (isSingle || !given.has('forward')) {
    if (!given.has('remoteIp')) problems.push('-r, --remote-ip is missing: the address to forward to');
    const local = side('--local-ip', values.localIp, values.localPort, problems);
    const remote = side('--remote-ip', values.remoteIp, values.remotePort, problems);
    if (values.remotePort === 0) problems.push('--remote-port must be a port from 1 to 65535, got "0"');
    if (local !== null && remote !== null) pairs.unshift({ local, remote });
  }
  checkPairs(pairs, problems);
  checkTogether(call, 2);
  throwProblems(problems);
  if (!cluster.isWorker) await Promise.all(pairs.map(({ remote }) => checkName(remote)));
  await serve({
    name: 'forward',
    values,
    descriptorsEach: 2,
    locals: pairs.map(({ local }) => local),
    build: (reactor, options) =>
      pairs.map((pair) => {
        return new ForwardServer(reactor, pair, { ...options, connectTimeoutMs: values.connectTimeout });
      }),
  });
}
/** One side from its two options; a path needs no port. */
function side(name, place, port, problems) {
  if (place === undefined) return null;
  try {
    if (place.startsWith('unix:')) return { path: text(place.slice(5)) };
    if (place.startsWith('/')) return { path: text(place) };
    return { host: host(place), port };
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    problems.push(`${name} ${error.message}`);
    return null;
  }
}
/** Adds what is wrong with forwards that each are right. */
function checkPairs(pairs, problems) {
  const seen = new Set();
  for (const { local, remote } of pairs) {
    const name = formatAddress(local);
    if (name === formatAddress(remote)) problems.push(`${name} would be forwarded to itself`);
    if (seen.has(name)) problems.push(`${name} is forwarded twice`);
    if (isUnixAddress(local) || local.port !== 0) seen.add(name);
  }
}
/** Names are resolved anew for each connection; one that is unknown from the start is a mistake, told at once. */
async function checkName(remote) {
  if (isUnixAddress(remote) || isIP(remote.host) !== 0) return;
  try {
    await lookup(remote.host);
  } catch (error) {
    const { code } = error;
    throw new CommandError(`the remote host ${remote.host} is unknown (${code})`);
  }
}
