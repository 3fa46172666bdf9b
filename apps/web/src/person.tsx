/** Who is signed in, for everything on the page: nothing of it is there where nobody is. */
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { Person } from './api';

interface SignedIn {
  person: Person;
  /** Signs out. */
  leave: () => void;
}

const Signed = createContext<SignedIn | undefined>(undefined);

export function PersonProvider({ person, leave, children }: SignedIn & { children: ReactNode }) {
  const signed = useMemo(() => ({ person, leave }), [person, leave]);
  return <Signed value={signed}>{children}</Signed>;
}

function useSigned(): SignedIn {
  const signed = use(Signed);
  if (!signed) throw new Error('outside of PersonProvider');
  return signed;
}

export const usePerson = (): Person => useSigned().person;

export const useLeave = (): (() => void) => useSigned().leave;
