/** Bundles the GraphQL IDE: dist/ide/main.js and main.css, with everything they need inside. */
import { build } from 'esbuild';
import { root } from './root.mjs';

await build({
  absWorkingDir: root,
  entryPoints: ['src/platform/graphql/ide/browser/main.jsx'],
  outdir: 'dist/ide',
  entryNames: '[name]',
  bundle: true,
  minify: true,
  format: 'iife',
  jsx: 'automatic',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.woff2': 'dataurl', '.woff': 'dataurl', '.ttf': 'dataurl' },
  legalComments: 'external', // main.js.LEGAL.txt
  logLevel: 'warning',
});
