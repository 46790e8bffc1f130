import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs ledger.cjs with what V8 compiled of it last time: half of its loading time is compiling. The compiled code is kept in
 * the data folder under the digest of the source; V8 itself refuses one of another version and compiles anew.
 */
const file = join(__dirname, 'ledger.cjs');
const source = readFileSync(file);
const folder = join(process.env['BAOBAO_DATA_DIR'] ?? '', 'code-cache');
// V8 compares only the length of a source.
const name = `ledger-${createHash('sha256').update(source).digest('hex').slice(0, 32)}`;
const kept = join(folder, name);

function read(): Buffer | undefined {
  try {
    return readFileSync(kept);
  } catch {
    // The first start of this version, or a folder that cannot be read: it is compiled as ever.
    return undefined;
  }
}

/** Written aside and renamed: a reader never sees half of it. What cannot be kept costs a slower start, no more. */
function keep(script: Script): void {
  try {
    mkdirSync(folder, { recursive: true });
    const aside = join(folder, `${name}.${process.pid}`);
    writeFileSync(aside, script.createCachedData());
    renameSync(aside, kept);
    for (const other of readdirSync(folder)) if (other !== name) rmSync(join(folder, other), { force: true });
  } catch (error) {
    console.error('compiled code not kept', error);
  }
}

const cachedData = read();
const script = new Script(wrap(source.toString()), {
  filename: file,
  ...(cachedData === undefined ? {} : { cachedData }),
});
const module = { exports: {} };
script.runInThisContext().call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
if (cachedData === undefined || script.cachedDataRejected === true) process.once('exit', () => keep(script));
