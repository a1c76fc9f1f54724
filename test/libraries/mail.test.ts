import nodemailer from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { listenOn, proveExchange } from './support.ts';

const LONG = 'It rains. '.repeat(2000);

proveExchange('nodemailer with smtp-server', {
  talk: async (sim) => {
    const received: number[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData(stream, _session, callback) {
        let text = '';
        stream.on('data', (chunk) => {
          text += chunk;
        });
        stream.on('end', () => {
          // Long lines are folded (quoted-printable, RFC 2045 section 6.7).
          received.push(text.replaceAll('=\r\n', '').split('It rains.').length - 1);
          callback();
        });
      },
    });
    server.on('error', () => {});
    await listenOn(sim, 'server', server, 25);
    const transport = nodemailer.createTransport({ host: 'server', port: 25, ignoreTLS: true });
    try {
      for (const text of [LONG, 'It rains.'])
        await transport.sendMail({ from: 'app@example.org', to: 'all@example.org', subject: 'Rain', text });
      return received;
    } finally {
      transport.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  },
  expected: [2000, 1],
  schedules: 200,
});
