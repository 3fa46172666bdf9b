/** Processor time of the test's own process: what a busy machine does meanwhile does not count, as it would by the clock. */
export const processorMs = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};
