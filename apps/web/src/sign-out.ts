/**
 * What is left in a browser when somebody has signed out: nothing that was shown to him.
 *
 * The service asks for the same (`Clear-Site-Data`); the page does it by itself, and first, so that it holds where the service is away.
 */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { signOut, type Me } from './api';
import { keys } from './query-keys';

/** Empties the stores that `open` opens; each may be switched off. */
const emptied = (...open: (() => Pick<Storage, 'clear'>)[]): void => {
  for (const store of open) {
    try {
      store().clear();
    } catch {
      // Switched off, so nothing is in it.
    }
  }
};

/** Every answer but who one is goes, and what is under way is given up. */
export const forgetAnswers = (client: QueryClient): void => {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
};

const forget = (client: QueryClient): void => {
  forgetAnswers(client);
  emptied(
    () => localStorage,
    () => sessionStorage,
  );
};

/** Signs out; nothing is shown any more from the click on. While it fails, the session itself is still open: call it again. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onMutate: () => {
      forget(client);
      client.setQueryData<Me>(keys.me, { signedIn: null });
    },
    onSuccess: async (provider) => {
      if (provider === undefined) await client.resetQueries({ queryKey: keys.me });
      else location.assign(provider);
    },
  });
}

/** Forgets where a session has ended in another way: unused, at its longest, from elsewhere. */
export function useForgetWhenOver(isSignedIn: boolean | undefined): void {
  const client = useQueryClient();
  const wasSignedIn = useRef(false);
  useEffect(() => {
    if (isSignedIn === false && wasSignedIn.current) forget(client);
    if (isSignedIn !== undefined) wasSignedIn.current = isSignedIn;
  }, [client, isSignedIn]);
}
