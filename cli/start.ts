export const startCommand = async (_: string[]): Promise<number> => Promise.resolve(0);
