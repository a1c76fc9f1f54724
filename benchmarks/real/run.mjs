// npm run bench:real: the shipped forwarder beside a bare pipe and whatever peers are installed, in one run.
import { readOptions } from '../options.mjs';
import { buildGenerator, measure } from './measure.mjs';
import { findPeers } from './peers.mjs';

/** Starting a peer, connecting, and warming it up, beside the measurement itself. */
const SECONDS_AROUND = 3.5;
const installed = findPeers();
const values = readOptions(
  'npm run bench:real',
  {
    rounds: { byDefault: 3, about: 'paired rounds, medians are printed' },
    seconds: { byDefault: 2, isFraction: true, about: 'length of one measurement' },
    only: {
      byDefault: '',
      about: "only the figures whose name contains TEXT, or one of several: 'TEXT|TEXT'",
    },
    peers: { about: 'only these peers, with commas between; the pipe is always there' },
  },
  [
    '',
    `Peers here: ${installed.map(({ name }) => name).join(', ')}. Each row is printed once it is measured. Nine things are`,
    `measured, each in peers x rounds x (seconds + ${SECONDS_AROUND}) seconds: all of it takes ${minutesFor(9, installed.length, 3, 2)} here.`,
  ],
);
const { rounds, seconds } = values;

/** What is measured. `better` says which way is good; the ratio is always ours to the pipe's in the same round. */
const BULK_1 = { mode: 'bulk', connections: 1, seconds };
const BULK_64 = { mode: 'bulk', connections: 64, seconds };
const FIGURES = [
  { load: BULK_1, name: 'CPU s/GB, 1 connection', field: 'cpuPerGigabyte' },
  { load: BULK_1, name: 'GB/s, 1 connection', field: 'gigabytesPerSecond' },
  { load: BULK_64, name: 'CPU s/GB, 64 connections', field: 'cpuPerGigabyte' },
  { load: BULK_64, name: 'GB/s, 64 connections', field: 'gigabytesPerSecond' },
  ...[1, 64, 1000].flatMap((connections) => {
    const load = { mode: 'pingpong', connections, seconds };
    return [
      { load, name: `ping-pong/s, ${connections} connections`, field: 'roundsPerSecond' },
      { load, name: `CPU us per round trip, ${connections} connections`, field: 'cpuPerRoundUs' },
    ];
  }),
  {
    load: { mode: 'connect', connections: 16, seconds },
    name: 'new connections/s',
    field: 'connectionsPerSecond',
  },
  {
    load: { mode: 'connect', connections: 16, seconds },
    name: 'CPU us per new connection',
    field: 'cpuPerConnectionUs',
  },
  ...[10, 9900].map((connections) => ({
    load: { mode: 'pingpong', connections, seconds, active: 1 },
    name: `ping-pong/s, 1 active of ${connections}`,
    field: 'roundsPerSecond',
    skips: (peer) => peer.forks && connections > 1000,
  })),
  {
    load: { mode: 'stuck', connections: 100, seconds },
    name: 'resident MB, 100 stuck readers',
    field: 'residentBytes',
    scale: 1e-6,
  },
];

const isChosen = ({ name }) => values.only.split('|').some((text) => name.includes(text));
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const loads = [...new Set(FIGURES.filter(isChosen).map(({ load }) => JSON.stringify(load)))];
const wanted = values.peers?.split(',');
const peers = installed.filter(
  ({ name }) => name === 'pipe' || wanted === undefined || wanted.includes(name),
);

buildGenerator();
console.log(
  `Node ${process.version}, ${rounds} paired rounds of ${seconds} s, medians; in brackets the ratio to pipe; takes ${minutesFor(loads.length, peers.length, rounds, seconds)}`,
);
const widths = [34, ...peers.map(({ name }) => Math.max(18, name.length + 2)), 24];
const print = (cells) => console.log(cells.map((cell, index) => String(cell).padEnd(widths[index])).join(''));
print(['', ...peers.map(({ name }) => name), 'generator alone']);

for (const key of loads) {
  const load = JSON.parse(key);
  const figures = FIGURES.filter((figure) => JSON.stringify(figure.load) === key && isChosen(figure));
  const results = new Map(peers.map((peer) => [peer, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another peer: none is always the first on a machine that was idle.
    for (const peer of [...peers.slice(round % peers.length), ...peers.slice(0, round % peers.length)]) {
      if (!figures[0].skips?.(peer)) results.get(peer).push(await measure(peer, load));
    }
  }
  const alone = load.mode === 'stuck' ? null : await measure(null, load);
  for (const figure of figures)
    print([figure.name, ...peers.map((peer) => cell(figure, results, peer)), limit(figure, alone)]);
}

function cell({ field, scale = 1 }, results, peer) {
  const mine = results.get(peer).map((result) => result[field] * scale);
  const pipe = results.get(peers[0]).map((result) => result[field] * scale);
  if (mine.length === 0) return 'not measured';
  const value = median(mine);
  const ratio = median(mine.map((number, round) => number / pipe[round]));
  return `${value.toPrecision(3)} (${ratio.toFixed(2)})`;
}

function limit({ field }, alone) {
  if (alone === null || field.startsWith('cpu') || field === 'residentBytes') return '';
  return `${alone[field].toPrecision(3)}, busy ${(alone.generatorLoad * 100).toFixed(0)} %`;
}

function minutesFor(loadCount, peerCount, roundCount, lengthSeconds) {
  const measured = loadCount * peerCount * roundCount * (lengthSeconds + SECONDS_AROUND);
  return `about ${Math.ceil(measured / 60)} minutes`;
}
