/** How to sign in: at the agency's provider; in a demonstration as one of its users, by one click. Both languages, because nobody has chosen yet. */
import { Button } from '@mantine/core';
import type { DemoUser } from '../api';
import { en } from '../en';
import { signInAddress } from '../sign-in-address';
import { useTitle } from '../use-title';
import { vi } from '../vi';

export function SignInPanel({ demoUsers }: { demoUsers: DemoUser[] }) {
  const isDemo = demoUsers.length > 0;
  useTitle([vi.person.signIn]);
  return (
    <>
      <header className="top">
        <div className="brand">
          <h1>{vi.title}</h1>
          <p>{vi.subtitle}</p>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="sign-in" data-testid="sign-in">
        <section className="panel" aria-labelledby="sign-in-title">
          <h2 id="sign-in-title">
            {vi.person.signIn} <span lang="en">/ {en.person.signIn}</span>
          </h2>
          <p>{isDemo ? vi.person.demo : vi.person.lead}</p>
          <p lang="en">{isDemo ? en.person.demo : en.person.lead}</p>
          {!isDemo && (
            <Button component="a" href={signInAddress(location)} data-testid="sign-in-button">
              {vi.person.signIn} / {en.person.signIn}
            </Button>
          )}
          <ul>
            {demoUsers.map((user) => (
              <li key={user.id}>
                <Button
                  component="a"
                  variant="default"
                  href={signInAddress(location, { as: user.id })}
                  data-testid={`sign-in-${user.id}`}
                >
                  {user.name}
                </Button>
                <span>
                  {user.unitName}: {user.roles.map((role) => vi.person.role[role]).join(', ')}{' '}
                  <span lang="en">/ {user.roles.map((role) => en.person.role[role]).join(', ')}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      </main>
    </>
  );
}
