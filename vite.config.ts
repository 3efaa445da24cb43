import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { compressed } from './web/build/compressed.ts';
import { pageFiles } from './web/build/page-files.ts';
import { SERIF_FOLDER, serifFont } from './web/build/serif-font.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: 'web',
  plugins: [serifFont(), vue(), tailwindcss(), pageFiles(), compressed()],
  resolve: { alias: { '@serif': SERIF_FOLDER } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Colours are hex and layers are the newest thing in the CSS: Chrome 99 and Safari 15.4 read it.
    target: ['es2020', 'safari14'],
    // A font inside the style sheet would delay the first paint of every page.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What many pages share comes in one piece: on a slow line every file costs a round trip.
        codeSplitting: {
          groups: [
            { name: 'shared', test: /\/web\/shared\//, minShareCount: 3 },
            { name: 'entrant', test: /\/web\/entrant\/[^/]+\.(vue|ts)$/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    fs: { allow: [here] },
    proxy: { '/api': { target: api, changeOrigin: false } },
  },
});
