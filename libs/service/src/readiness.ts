/**
 * Readiness: whether a process can do its work now, part by part, each with what is wrong where something is.
 *
 * Dependencies are asked when a probe asks, for a second at most; what a process knows of itself is told by rules that
 * look at nothing but what was noted.
 */

/** What is wrong with a part; undefined where nothing is. */
export type PartRule = () => string | undefined;

export interface ReadinessReport {
  readonly status: 'ok' | 'unavailable';
  /** Whether each part is as it ought to be. */
  readonly parts: Readonly<Record<string, boolean>>;
  /** What is wrong, by part. */
  readonly why?: Readonly<Record<string, string>>;
}

interface Part {
  readonly ask: () => Promise<string | undefined>;
  /** False: shown, but the process does its work without it. */
  readonly isNeeded: boolean;
}

const ANSWER_MS = 1_000;
const SILENT = 'does not answer';

export class Readiness {
  private readonly parts = new Map<string, Part>();

  /** A dependency: ready where `probe` resolves within a second. */
  dependency(name: string, probe: () => Promise<unknown>, { isNeeded = true } = {}): void {
    this.parts.set(name, { isNeeded, ask: async () => ((await answers(probe)) ? undefined : SILENT) });
  }

  /** Something that the process knows of itself. */
  rule(name: string, rule: PartRule): void {
    this.parts.set(name, { isNeeded: true, ask: () => Promise.resolve(rule()) });
  }

  async report(): Promise<ReadinessReport> {
    const found = await Promise.all(
      [...this.parts].map(async ([name, { ask, isNeeded }]) => ({ name, isNeeded, wrong: await ask() })),
    );
    const isReady = found.every(({ isNeeded, wrong }) => !isNeeded || wrong === undefined);
    const why = found.flatMap(({ name, wrong }) => (wrong === undefined ? [] : [[name, wrong] as const]));
    return {
      status: isReady ? 'ok' : 'unavailable',
      parts: Object.fromEntries(found.map(({ name, wrong }) => [name, wrong === undefined])),
      ...(why.length > 0 ? { why: Object.fromEntries(why) } : {}),
    };
  }
}

/** What work resolves to, or undefined where it rejects or takes longer than the milliseconds. */
export const within = async <T>(ms: number, work: () => Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work().catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Whether something answers within a second. */
const answers = async (probe: () => Promise<unknown>): Promise<boolean> =>
  (await within(ANSWER_MS, () => probe().then(() => true))) === true;
