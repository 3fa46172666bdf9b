/** Who is signed in, for everything on the page: nothing of it is there where nobody is. */
import { createContext, use, type ReactNode } from 'react';
import type { Person } from './api';

const Signed = createContext<Person | undefined>(undefined);

export function PersonProvider({ person, children }: { person: Person; children: ReactNode }) {
  return <Signed value={person}>{children}</Signed>;
}

export function usePerson(): Person {
  const person = use(Signed);
  if (!person) throw new Error('outside of PersonProvider');
  return person;
}
