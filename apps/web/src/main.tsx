/** Starts the page: language, server answers, the stream, the page itself. */
import './styles/mantine.css';
import './styles/page.css';
import './styles/maps-and-tables.css';
import './styles/figures.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { startLanguage } from './i18n';
import { LiveProvider } from './live';
import { App } from './view/app';

startLanguage();

const theme = createTheme({ primaryColor: 'blue', primaryShade: 9, defaultRadius: 'sm' });
const client = new QueryClient({
  // The browser's idea of being offline is often wrong inside agency networks: always try.
  defaultOptions: { queries: { retry: 2, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});
const root = document.getElementById('root');

if (root) {
  createRoot(root).render(
    // Without inline style elements, so that the page works under `style-src 'self'`: the variables come from the style sheet.
    <MantineProvider theme={theme} forceColorScheme="light" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={client}>
        <LiveProvider>
          <App />
        </LiveProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
