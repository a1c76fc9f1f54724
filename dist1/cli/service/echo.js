import { DiscardServer, EchoServer, SourceServer } from '../../services/index.js';
import { readConfigured } from '../arguments/configured-call.js';
import { addOptions, throwProblems } from '../arguments/options.js';
import { serve } from './serve.js';
import { ECHO_OPTIONS } from './service-options.js';
import { checkTogether } from './service-plan.js';

const EXAMPLES = `
Examples:
  foulweather echo --port 7007
  foulweather echo --host :: --port 7007 --max-connections 1000 --idle-timeout 5m
  foulweather echo --source 1G --port 7019       send 1 GiB to each client
  foulweather echo --discard --port 7009         take what clients send, and drop it
`;
/** `foulweather echo` */
export function registerEcho(program) {
  const command = program
    .command('echo')
    .description('Send back to each client what it sends.')
    .addHelpText('after', EXAMPLES)
    .action(() => run(command));
  addOptions(command, ECHO_OPTIONS);
}
async function run(command) {
  const call = readConfigured(command, ECHO_OPTIONS);
  const { values, given, problems } = call;
  const { discard, source, path } = values;
  if (discard && source !== undefined) problems.push('--discard and --source exclude each other');
  if (path !== undefined && (given.has('host') || given.has('port'))) {
    problems.push('--path excludes --host and --port');
  }
  checkTogether(call, 1);
  throwProblems(problems);
  const local = path === undefined ? { host: values.host, port: values.port } : { path };
  await serve({
    name: 'echo',
    values,
    descriptorsEach: 1,
    locals: [local],
    build: (reactor, options) => {
      if (discard) return [new DiscardServer(reactor, local, options)];
      if (source !== undefined) return [new SourceServer(reactor, local, { ...options, sizeBytes: source })];
      return [new EchoServer(reactor, local, options)];
    },
  });
}
