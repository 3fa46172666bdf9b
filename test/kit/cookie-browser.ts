/**
 * A browser as far as signing in goes: keeps cookies as RFC 6265 says (by host and path, without regard to ports), goes where it is sent, and runs
 * nothing.
 */
interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
  /** As it came, in lower case. */
  readonly attributes: readonly string[];
}

export interface Arrived {
  readonly url: string;
  readonly status: number;
  readonly body: string;
  /** Every address on the way, the last one too. */
  readonly way: readonly string[];
}

const MOST_STEPS = 12;

export class CookieBrowser {
  private cookies: Cookie[] = [];

  /** One request; goes nowhere by itself. */
  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string>), cookie: this.cookieHeader(new URL(url)) },
    });
    for (const line of answer.headers.getSetCookie()) this.keep(line, new URL(url));
    return answer;
  }

  /** Goes to an address, and from there wherever it is sent; `until` stops before an address. */
  async go(url: string, until: (next: string) => boolean = () => false): Promise<Arrived> {
    const way = [url];
    for (let step = 0; step < MOST_STEPS; step++) {
      const at = way[way.length - 1];
      const answer = await this.ask(at);
      const next = answer.headers.get('location');
      if (next === null) return { url: at, status: answer.status, body: await answer.text(), way };
      await answer.arrayBuffer();
      way.push(new URL(next, at).href);
      if (until(way[way.length - 1])) return { url: way[way.length - 1], status: answer.status, body: '', way };
    }
    throw new Error(`sent on and on: ${way.join(' ')}`);
  }

  cookie(name: string): Cookie | undefined {
    return this.cookies.find((cookie) => cookie.name === name);
  }

  /** Puts a cookie there as whoever stole it would. */
  steal(cookie: Cookie): void {
    this.cookies.push(cookie);
  }

  private cookieHeader({ hostname, pathname }: URL): string {
    return this.cookies
      .filter(({ host, path }) => host === hostname && isUnder(pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  private keep(line: string, { hostname: host }: URL): void {
    const [pair, ...rest] = line.split(';').map((part) => part.trim());
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const attributes = rest.map((part) => part.toLowerCase());
    const path = rest.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
    this.cookies = this.cookies.filter((held) => held.name !== name || held.path !== path);
    const expires = rest.find((part) => /^expires=/i.test(part))?.slice(8);
    const isOver = attributes.includes('max-age=0') || (expires !== undefined && Date.parse(expires) < Date.now());
    if (!isOver) this.cookies.push({ name, value, host, path, attributes });
  }
}

const isUnder = (pathname: string, path: string): boolean =>
  pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
