/** The page for whoever is signed in, and how to sign in for whoever is not. */
import { useMe } from '../queries';
import { LiveProvider } from '../live';
import { PersonProvider } from '../person';
import { mayDo } from '../shown-unit';
import { App } from './app';
import { Failed, Loading } from './notice';
import { SignInPanel } from './sign-in-panel';

export function SignedIn() {
  const { data, error, refetch } = useMe();
  if (data === undefined) return error ? <Failed error={error} retry={refetch} /> : <Loading height={430} />;
  if (data.signedIn === null) return <SignInPanel demoUsers={data.demoUsers ?? []} />;
  const { signedIn } = data;
  return (
    <PersonProvider person={signedIn}>
      {mayDo(signedIn, 'figures.read') ? (
        <LiveProvider key={signedIn.unit} unit={signedIn.unit}>
          <App />
        </LiveProvider>
      ) : (
        <App />
      )}
    </PersonProvider>
  );
}
