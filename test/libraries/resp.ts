// As much of a Redis server as its clients ask of one by default.
import net from 'node:net';

/** A RESP3 server that keeps strings. */
export function createResponder(): net.Server {
  const values = new Map<string, string>();
  const answers: Record<string, (args: string[]) => string> = {
    HELLO: () => '%2\r\n+server\r\n+redis\r\n+proto\r\n:3\r\n',
    INFO: () => bulk('redis_version:7.4.0\r\nloading:0\r\n'),
    SET: ([key, value]) => {
      values.set(key, value);
      return '+OK\r\n';
    },
    GET: ([key]) => (values.has(key) ? bulk(values.get(key)!) : '_\r\n'),
  };
  return net.createServer((socket) => {
    let input = '';
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (chunk) => {
      input += chunk;
      for (let command = takeCommand(); command !== null; command = takeCommand()) {
        const [name, ...args] = command;
        socket.write(answers[name.toUpperCase()]?.(args) ?? '+OK\r\n');
      }
    });
    /** One whole command off the input, if there is one: `*2\r\n$3\r\nGET\r\n$1\r\nk\r\n`. */
    function takeCommand(): string[] | null {
      const head = /^\*(\d+)\r\n/.exec(input);
      if (head === null) return null;
      let at = head[0].length;
      const words: string[] = [];
      for (let count = Number(head[1]); count > 0; count -= 1) {
        const size = /^\$(\d+)\r\n/.exec(input.slice(at));
        if (size === null) return null;
        at += size[0].length;
        const end = at + Number(size[1]);
        if (input.length < end + 2) return null;
        words.push(input.slice(at, end));
        at = end + 2;
      }
      input = input.slice(at);
      return words;
    }
  });
}

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}
