// Builds the scripts and styles of the pages into web/static/dist, with a hash in every name,
// a manifest (name → built name) and the licences of what went into them.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inChinese } from './built_in_words.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const dist = join(root, 'web/static/dist');
const require = createRequire(import.meta.url);

const entries = {
  early: 'early.js',
  app: 'app.js',
  'app-style': 'app.css',
  viewer: 'viewer.js',
  modeler: 'modeler.js',
  dmn: 'dmn.js',
  'forms-editor': 'forms-editor.js',
};
const pages = existsSync(join(here, 'pages')) ? readdirSync(join(here, 'pages')) : [];
for (const page of pages.filter((name) => name.endsWith('.js'))) {
  entries[basename(page, '.js')] = `pages/${page}`;
}
// A page without a script has its style alone.
for (const page of pages.filter((name) => name.endsWith('.css'))) {
  if (!(basename(page, '.css') in entries)) entries[basename(page, '.css')] = `pages/${page}`;
}

// The lint rules, packed for the browser.
const bpmnlint = {
  name: 'bpmnlint',
  setup(builder) {
    builder.onResolve({ filter: /^virtual:bpmnlint$/ }, () => ({ path: 'bpmnlint', namespace: 'packed' }));
    builder.onLoad({ filter: /.*/, namespace: 'packed' }, async () => {
      const compileConfig = require('bpmnlint/lib/support/compile-config.js');
      const config = JSON.parse(readFileSync(join(here, 'bpmnlint.json'), 'utf-8'));
      return { contents: await compileConfig(config), resolveDir: root, loader: 'js' };
    });
  },
};

function packagesIn(inputs) {
  const found = new Map();
  for (const input of Object.keys(inputs)) {
    const parts = input.replaceAll('\\', '/').split('node_modules/');
    if (parts.length < 2) continue;
    const last = parts.at(-1).split('/');
    const name = last[0].startsWith('@') ? `${last[0]}/${last[1]}` : last[0];
    const folder = join(root, parts.slice(0, -1).join('node_modules/'), 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) found.set(`${name}:${folder}`, folder);
  }
  return [...found.values()];
}

function licenceOf(folder) {
  const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf-8'));
  const file = readdirSync(folder).find((name) => /^(licen[sc]e|copying)/i.test(name));
  return {
    name: described.name,
    version: described.version,
    licence: typeof described.license === 'string' ? described.license : described.license?.type || 'see text',
    text: file ? readFileSync(join(folder, file), 'utf-8').trim() : '',
  };
}

mkdirSync(dist, { recursive: true });

const bundle = (parts, plugins) => build({
  absWorkingDir: root,
  entryPoints: Object.entries(parts).map(([out, source]) => ({ in: join(here, source), out })),
  outdir: dist,
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome100', 'firefox100', 'safari15'],
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  loader: { '.woff': 'file', '.woff2': 'file', '.ttf': 'file', '.eot': 'file', '.svg': 'file', '.png': 'file' },
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [bpmnlint, ...plugins],
});

// The editors with words that only a build can change come once in each language.
const twice = { modeler: entries.modeler, 'forms-editor': entries['forms-editor'] };
const inEnglish = Object.fromEntries(Object.entries(twice).map(([name, source]) => [`${name}-en`, source]));
const results = await Promise.all([bundle(entries, inChinese), bundle(inEnglish, [])]);

const manifest = {};
for (const [path, output] of results.flatMap((one) => Object.entries(one.metafile.outputs))) {
  const name = basename(path);
  const plain = name.replace(/-[A-Z0-9]{8}(\.[a-z0-9]+)$/, '$1');
  manifest[plain === 'app-style.css' ? 'app.css' : plain] = name;
  if (output.bytes === 0) throw new Error(`${name} is empty`);
}
const licences = packagesIn(results[0].metafile.inputs).map(licenceOf);
licences.sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
writeFileSync(join(dist, 'licences.json'), JSON.stringify(licences));
writeFileSync(join(dist, 'manifest.json'), JSON.stringify(manifest, null, 1));

// What an earlier build left goes last, so that pages being served meanwhile find their files.
const built = new Set([...Object.values(manifest), 'manifest.json', 'licences.json']);
const kept = results.flatMap((one) => Object.keys(one.metafile.outputs)).map((path) => basename(path));
for (const name of readdirSync(dist)) {
  if (!built.has(name) && !kept.includes(name)) rmSync(join(dist, name), { recursive: true });
}
