import { spawn } from 'node:child_process';
import { projectRoot } from './paths.ts';
import { electronRuntime } from './provision-electron.ts';
import { nativeBindingPath } from './provision-native.ts';

/** The program and first arguments with which a command is started on this machine. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Puts a command under a virtual display where there is no real one. */
export function onDisplay(launch: Launch): Launch {
  if (hasDisplay()) return launch;
  return { command: 'xvfb-run', args: ['-a', '-s', '-screen 0 1920x1080x24', launch.command, ...launch.args] };
}

/** Switches that the machine, not the user, makes necessary. */
export function machineSwitches(): readonly string[] {
  // Chromium refuses to run as root with its sandbox.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return [...(isRoot ? ['--no-sandbox'] : []), ...(hasDisplay() ? [] : ['--disable-gpu'])];
}

/** How to start the provisioned Electron with this project and `args`. */
export function electronLaunch(args: readonly string[]): Launch {
  return onDisplay({ command: electronRuntime().executable, args: [projectRoot, ...machineSwitches(), ...args] });
}

/** Environment of an unpackaged start: says where the native SQLite is. */
export function electronEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, BAOBAO_NATIVE: nativeBindingPath() };
}

/**
 * Runs the unpackaged program and waits for its end.
 * @returns the exit code; 1 if a signal ended it
 */
export function runElectron(args: readonly string[]): Promise<number> {
  const { command, args: full } = electronLaunch(args);
  return new Promise((resolve, reject) => {
    const child = spawn(command, full, { stdio: 'inherit', env: electronEnvironment() });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
