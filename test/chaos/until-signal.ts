/** Rejects when somebody wants the command to end: what it started is then taken down before it does. */
export const untilSignal = (): Promise<never> => {
  const ending = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => reject(new Error(`ended by ${signal}`)));
    }
  });
  ending.catch(() => undefined);
  return ending;
};
