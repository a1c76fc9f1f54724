// What joins the parts, and the services, with arguments that are none: a typed error at the call.
import { expect, test } from 'vitest';
import { ArgumentError } from '../../src/core/index.ts';
import { echoScenario, flaky, forwarderScenario, install, useGlobalTimers } from '../../src/harness/index.ts';
import { createNet } from '../../src/net/index.ts';
import { createRealReactor } from '../../src/real/index.ts';
import { EchoServer, ForwardServer, HttpGet } from '../../src/services/index.ts';
import { checkIndependence, mergeReports, random, runScenario, Simulation } from '../../src/sim/index.ts';

const scenario = { name: 'nothing', setup: () => {} };
const local = { host: '0.0.0.0', port: 7 };
const remote = { host: 'b', port: 7 };
const reactor = () => new Simulation().host('a').reactor;

const CALLS: Record<string, (value: never) => unknown> = {
  'runScenario(scenario)': (v) => runScenario(v, random(1)),
  'runScenario(scenario, strategy, options)': (v) => runScenario(scenario, random(1), v),
  'mergeReports(reports)': (v) => mergeReports(v),
  'checkIndependence(scenario, options)': (v) => checkIndependence(scenario, v),
  'echoScenario(options)': (v) => echoScenario(v),
  'forwarderScenario(options)': (v) => forwarderScenario(v),
  'flaky(transport)': (v) => flaky(v, 'storm'),
  'flaky(transport, weather, options)': (v) => flaky(createRealReactor().transport, 'storm', v),
  'install(sim)': (v) => install(v),
  'install(sim, options)': (v) => install(new Simulation(), v),
  'useGlobalTimers(sim)': (v) => useGlobalTimers(v, new Simulation().host('a')),
  'useGlobalTimers(sim, host)': (v) => useGlobalTimers(new Simulation(), v),
  'createNet(host)': (v) => createNet(v),
  'createNet(host, options)': (v) => createNet(new Simulation().host('a'), v),
  'new EchoServer(reactor)': (v) => new EchoServer(v, local),
  'new EchoServer(reactor, address)': (v) => new EchoServer(reactor(), v),
  'new EchoServer(reactor, address, options)': (v) => new EchoServer(reactor(), local, v),
  'new ForwardServer(reactor, addresses)': (v) => new ForwardServer(reactor(), v),
  'new ForwardServer(reactor, addresses, options)': (v) => new ForwardServer(reactor(), { local, remote }, v),
  'new HttpGet(reactor, options)': (v) => new HttpGet(reactor(), v),
};

test.each(Object.entries(CALLS))('%s refuses what is none', (_name, call) => {
  for (const value of [null, 5, 'x', true, Symbol('s')])
    expect(() => call(value as never)).toThrow(ArgumentError);
});

test('no reports are merged into none', () => {
  expect(() => mergeReports([])).toThrow(ArgumentError);
});
