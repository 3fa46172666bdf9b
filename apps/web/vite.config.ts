/** Builds the dashboard into the folder that the dashboard service serves. `npm run build:web` calls it with this folder as the root. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/apps/web',
    emptyOutDir: true,
    // Inlined assets would be data: URLs, which the content security policy need not allow.
    assetsInlineLimit: 0,
    // The map library is a chunk of its own, loaded after the figures are on the page.
    chunkSizeWarningLimit: 700,
  },
});
