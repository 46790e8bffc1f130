// The default app of the fallback runtime, which comes without Electron's own: opens the folder given on the command
// line, as `electron <folder>` does.
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { app } = require('electron');

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const folder = given === undefined ? undefined : resolve(given);
if (folder === undefined || !existsSync(join(folder, 'package.json'))) {
  console.error('usage: electron <application folder> [arguments]');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
process.defaultApp = true;
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
require(resolve(folder, manifest.main));
