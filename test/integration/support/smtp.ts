import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real mail server that keeps what it takes. */
export interface MailServer {
  url: string;
  /** Whole mails as they came, with their envelopes. */
  taken: { to: string[]; raw: string }[];
  /** What it does to the next recipients: null takes them. */
  mood: 'busy' | 'refusing' | 'hanging up' | null;
  /** Recipients that were offered, taken or not. */
  offered: string[];
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const answer = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, done) {
      mail.offered.push(address);
      if (mail.mood === 'busy') return done(answer(450, 'Greylisted, try again'));
      if (mail.mood === 'refusing') return done(answer(550, 'No such mailbox'));
      done();
    },
    onData(stream, { envelope }, done) {
      if (mail.mood === 'hanging up') {
        for (const socket of sockets) socket.destroy();
        return;
      }
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mail.taken.push({
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  const sockets = new Set<Socket>();
  const listener = server.listen(0, '127.0.0.1');
  listener.on('connection', (socket: Socket) => sockets.add(socket));
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    taken: [],
    mood: null,
    offered: [],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mail;
}
