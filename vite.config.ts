import { globSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The screen comes by a dynamic import; its files are fetched from the first moment all the same. */
const fetchScreenAtOnce: Plugin = {
  name: 'fetch-screen-at-once',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {}, filename }) {
      if (!filename.endsWith('renderer/index.html')) return [];
      const wanted = new Set<string>();
      const want = (file: string): void => {
        const chunk = bundle[file];
        if (chunk?.type !== 'chunk' || wanted.has(file)) return;
        wanted.add(file);
        chunk.imports.forEach(want);
      };
      for (const [file, chunk] of Object.entries(bundle)) {
        if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('renderer/app/window.tsx')) want(file);
      }
      return [...wanted].map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
        injectTo: 'head' as const,
      }));
    },
  },
};

export default defineConfig({
  root: 'renderer',
  plugins: [react(), fetchScreenAtOnce],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // The oldest Chromium the program runs on (Electron 25).
    target: 'chrome114',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      input: globSync('renderer/{*,print/*}.html'),
      output: {
        // React by itself: the bundler's own helpers then lie beside it, and not beside the pinyin table, which each start would read.
        codeSplitting: { groups: [{ name: 'react', test: /node_modules.(react|react-dom|scheduler)./u }] },
      },
    },
  },
});
