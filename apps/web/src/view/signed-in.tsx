/** The page for whoever is signed in, and how to sign in for whoever is not. */
import { useMe } from '../queries';
import { LiveProvider } from '../live';
import { PersonProvider } from '../person';
import { mayDo } from '../shown-unit';
import { useForgetWhenOver, useSignOut } from '../sign-out';
import { App } from './app';
import { Leaving } from './leaving';
import { Failed, Loading } from './notice';
import { SignInPanel } from './sign-in-panel';

export function SignedIn() {
  const { data, error, refetch } = useMe();
  const { mutate: leave, isPending: isLeaving, error: whyNotLeft } = useSignOut();
  useForgetWhenOver(data && data.signedIn !== null);
  if (isLeaving || whyNotLeft) return <Leaving error={isLeaving ? null : whyNotLeft} retry={leave} />;
  if (data === undefined) return error ? <Failed error={error} retry={refetch} /> : <Loading height={430} />;
  if (data.signedIn === null) return <SignInPanel demoUsers={data.demoUsers ?? []} />;
  const { signedIn } = data;
  return (
    <PersonProvider person={signedIn} leave={leave}>
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
