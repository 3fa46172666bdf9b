/**
 * A TCP proxy whose network can be made bad: connections cut, delayed or reset, as toxiproxy does it.
 *
 * Bytes are never lost, changed or put in another order while a connection stands; what a fault breaks is always the whole
 * connection, as it is with TCP. Chance is the caller's generator, so the same seed draws the same delays and resets.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

type Random = () => number;
type Weather = 'fair' | 'cut' | 'resetting';

const HOST = '127.0.0.1';
/** Held back in one direction at most; then its sender has to wait. */
const MAX_HELD_BYTES = 4_194_304;
const LISTEN_ATTEMPTS = 40;
const LISTEN_PAUSE_MS = 250;

export interface Delay {
  readonly leastMs: number;
  readonly mostMs: number;
}

export class TcpProxy {
  /** Where connections go on to. */
  targetPort = 0;
  private server?: Server;
  private weather: Weather = 'fair';
  private delay?: Delay;
  private resetWithinMs = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly port: number,
    private readonly random: Random,
  ) {}

  /** Listens at the port at once, so that nobody else can have it; `targetPort` may be set later. */
  static async open(port: number, random: Random): Promise<TcpProxy> {
    const proxy = new TcpProxy(port, random);
    await proxy.listen();
    return proxy;
  }

  /** Connections that stand are broken, new ones refused, until `mend`. */
  async cut(): Promise<void> {
    this.weather = 'cut';
    const { server } = this;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    this.breakAll();
    await closed;
  }

  /** Bytes in both directions come later, each portion by its own share of the delay. */
  slow(delay: Delay): void {
    this.delay = delay;
  }

  /** Every connection, also each new one, is reset (RST) at a random moment within the time, until `mend`. */
  reset(withinMs: number): void {
    this.weather = 'resetting';
    this.resetWithinMs = withinMs;
    for (const socket of this.sockets) this.resetSoon(socket);
  }

  /** Everything goes through again. */
  async mend(): Promise<void> {
    this.delay = undefined;
    const wasCut = this.weather === 'cut';
    this.weather = 'fair';
    if (wasCut) await this.listen();
  }

  async close(): Promise<void> {
    await this.cut();
  }

  /** A port that was just left may be in use for a moment. */
  private async listen(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.server = await listenAt(this.port, (socket) => this.accept(socket));
        return;
      } catch (error) {
        if (attempt >= LISTEN_ATTEMPTS) throw error;
        await sleep(LISTEN_PAUSE_MS);
      }
    }
  }

  private accept(from: Socket): void {
    const to = connect({ port: this.targetPort, host: HOST, allowHalfOpen: true, noDelay: true });
    for (const socket of [from, to]) this.sockets.add(socket);
    this.carry(from, to);
    this.carry(to, from);
    if (this.weather === 'resetting') this.resetSoon(from);
  }

  private carry(from: Socket, to: Socket): void {
    new Direction(from, to, () => this.drawDelay());
    from.on('error', () => to.resetAndDestroy());
    from.on('close', () => {
      this.sockets.delete(from);
      if (this.weather === 'resetting') to.resetAndDestroy();
      else if (!to.writableEnded) to.destroy();
    });
  }

  private drawDelay(): number {
    if (this.delay === undefined) return 0;
    const { leastMs, mostMs } = this.delay;
    return leastMs + this.random() * (mostMs - leastMs);
  }

  private resetSoon(socket: Socket): void {
    const timer = setTimeout(() => {
      if (this.weather === 'resetting') socket.resetAndDestroy();
    }, this.random() * this.resetWithinMs);
    socket.once('close', () => clearTimeout(timer));
  }

  private breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

const listenAt = (port: number, onConnection: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
    server.once('error', reject);
    server.listen({ port, host: HOST, exclusive: true }, () => resolve(server));
  });

/** What goes one way, in its order, each portion when it is due. */
class Direction {
  private readonly held: { readonly bytes?: Buffer; readonly dueAt: number }[] = [];
  private heldBytes = 0;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly drawDelay: () => number,
  ) {
    from.on('data', (bytes) => this.take(bytes));
    from.on('end', () => this.take());
    to.on('drain', () => this.goOn());
    to.on('close', () => clearTimeout(this.timer));
  }

  /** @param bytes nothing: the sender has ended */
  private take(bytes?: Buffer): void {
    const dueAt = Math.max(performance.now() + this.drawDelay(), this.held.at(-1)?.dueAt ?? 0);
    this.held.push({ bytes, dueAt });
    this.heldBytes += bytes?.length ?? 0;
    if (this.heldBytes > MAX_HELD_BYTES) this.from.pause();
    this.passOn();
  }

  private passOn(): void {
    clearTimeout(this.timer);
    for (let [next] = this.held; next !== undefined; [next] = this.held) {
      const left = next.dueAt - performance.now();
      if (left > 0) {
        this.timer = setTimeout(() => this.passOn(), left);
        return;
      }
      this.held.shift();
      this.heldBytes -= next.bytes?.length ?? 0;
      if (this.to.destroyed) return;
      if (next.bytes === undefined) this.to.end();
      else if (!this.to.write(next.bytes)) this.from.pause();
    }
    this.goOn();
  }

  private goOn(): void {
    if (!this.to.writableNeedDrain && this.heldBytes <= MAX_HELD_BYTES) this.from.resume();
  }
}
