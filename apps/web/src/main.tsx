/** Starts the page: language, server answers, the stream, the page itself. */
import './styles/mantine.css';
import './styles/theme.css';
import './styles/page.css';
import './styles/maps-and-tables.css';
import './styles/figures.css';
import './styles/country.css';
import './styles/home.css';
import './styles/entry.css';
import './styles/why.css';
import './styles/forced-colours.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { startLanguage } from './i18n';
import { ApiError } from './api';
import { watchLostChunks } from './lost-chunk';
import { keptScheme } from './kept-scheme';
import { watchPresence } from './presence';
import { keys } from './query-keys';
import { SignedIn } from './view/signed-in';

startLanguage();
watchPresence();
watchLostChunks();

const theme = createTheme({ primaryColor: 'blue', primaryShade: 9, defaultRadius: 'sm' });
/** The session is over: whoever looks is asked to sign in. */
const onError = (error: Error): void => {
  if (error instanceof ApiError && error.status === 401)
    client.invalidateQueries({ queryKey: keys.me }).catch(reportError);
};
const isWorthAnother = (failures: number, error: Error): boolean =>
  failures < 2 && !(error instanceof ApiError && (error.status === 401 || error.status === 403));
const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  // The browser's idea of being offline is often wrong inside agency networks: always try.
  defaultOptions: { queries: { retry: isWorthAnother, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});
const root = document.getElementById('root');

if (root) {
  createRoot(root).render(
    // Without inline style elements, so that the page works under `style-src 'self'`: the variables come from the style sheet.
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={keptScheme}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={client}>
        <SignedIn />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
