import net from 'node:net';

/** Asks a line server one question. It knows nothing of foulweather. */
export function ask(host: string, port: number, question: string, timeoutMs = 30_000): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(port, host, () => socket.write(`${question}\n`));
    socket.setEncoding('utf8').setTimeout(timeoutMs, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (text) => {
      answer += text;
      if (answer.includes('\n')) socket.end(() => resolve(answer.split('\n')[0]));
    });
    socket.on('end', () => reject(new Error('the server hung up')));
    socket.on('error', reject);
  });
}
