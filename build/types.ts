import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { modulesFolder, projectRoot } from './paths.ts';

/** One compiler configuration per process, so that a browser global in a rule or Node in a window does not compile. */
const projects = ['shared', 'renderer', 'electron/main', 'electron/preload', 'electron/ledger', 'build', 'test'];

function check(project: string): Promise<boolean> {
  return new Promise((resolve) => {
    const compiler = join(modulesFolder, 'typescript', 'bin', 'tsc');
    const child = spawn(process.execPath, [compiler, '-p', join(projectRoot, project), '--pretty', 'false'], {
      cwd: projectRoot,
      stdio: 'inherit',
    });
    child.once('exit', (code) => resolve(code === 0));
  });
}

const results = await Promise.all(projects.map(check));
const failed = projects.filter((_, index) => !results[index]);
console.log(
  failed.length === 0 ? `[types] ${projects.length} projects, no error` : `[types] errors in ${failed.join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
