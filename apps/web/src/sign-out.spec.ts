import { QueryClient } from '@tanstack/react-query';
import { keys } from './query-keys';
import { forgetAnswers } from './sign-out';

describe('signing out', () => {
  it('leaves no answer in memory, and takes none that was still under way', async () => {
    const client = new QueryClient();
    client.setQueryData(keys.me, { signedIn: null });
    client.setQueryData(keys.rollups('01', '2026-03'), ['figures']);
    client.setQueryData(keys.sessions, ['sessions']);
    let arrive: (figures: string[]) => void = () => undefined;
    const late = new Promise<string[]>((resolve) => (arrive = resolve));
    const asked = client
      .fetchQuery({ queryKey: keys.children('01', '2026-03', 'c'), queryFn: () => late })
      .catch(() => undefined);
    forgetAnswers(client);
    arrive(['late figures']);
    await asked;
    expect(
      client
        .getQueryCache()
        .getAll()
        .map(({ queryKey }) => queryKey),
    ).toEqual([keys.me]);
  });
});
