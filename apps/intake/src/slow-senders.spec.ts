/** The intake over real sockets, with short times: who sends too slowly is let go and gives his room back, and others are taken meanwhile. */
import 'reflect-metadata';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from '#promises';
import { anEvent } from '../../../test/kit/builders.js';
import { anIntake, type FakeIntake } from '../../../test/kit/intake.js';
import { Room } from './room.js';

const type = 'application/cloudevents+json';

describe('slow senders', () => {
  let intake: FakeIntake;
  let port: number;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    intake = await anIntake({
      HTTP_HEADERS_TIMEOUT_MS: '1000',
      HTTP_REQUEST_TIMEOUT_MS: '2500',
      HTTP_IDLE_TIMEOUT_MS: '2500',
    });
    await intake.app.listen(0, '127.0.0.1');
    ({ port } = intake.app.getHttpServer().address() as AddressInfo);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await intake.app.close();
  });

  const opened = (text: string): { socket: Socket; closed: Promise<string> } => {
    const socket = connect(port, '127.0.0.1');
    socket.write(text);
    sockets.push(socket);
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    return { socket, closed: new Promise((resolve) => socket.on('close', () => resolve(answer))) };
  };
  const drip = (socket: Socket, text: string): void => {
    const timer = setInterval(() => socket.write(text), 50);
    socket.on('close', () => clearInterval(timer));
  };
  const send = () =>
    fetch(`http://127.0.0.1:${port}/v1/events`, {
      method: 'POST',
      headers: { ...intake.usual, 'content-type': type },
      body: JSON.stringify(anEvent()),
    });
  const head = (more: string): string =>
    `POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: ${intake.usual.authorization}\r\nContent-Type: ${type}\r\n${more}`;

  it('of headers are told so and let go', async () => {
    const { socket, closed } = opened(head('x: '));
    drip(socket, 'y');
    expect((await send()).status).toBe(202);
    expect(await closed).toMatch(/^HTTP\/1\.1 408 [^]*"code":"REQUEST_TIMEOUT"/);
  });

  it('of bodies are let go, and give their room back', async () => {
    const { socket, closed } = opened(head(`Content-Length: 1000000\r\n\r\n{"${'x'.repeat(10_000)}`));
    drip(socket, 'y');
    let isLetGo = false;
    inBackground(closed.then(() => (isLetGo = true)));
    const room = intake.app.get(Room);
    // However long a busy machine takes to read what was sent.
    while (room.bytes <= 10_000 && !isLetGo) await sleep(10);
    expect(room.bytes).toBeGreaterThan(10_000);
    expect((await send()).status).toBe(202);
    await closed;
    while (room.bytes > 0) await sleep(10);
    expect(intake.taken('t.rejected-events.v1')).toEqual([]);
  });

  it('who say nothing at all are let go', async () => {
    const { closed } = opened('');
    await closed;
  });
});
