import { isAbsolute, resolve } from 'node:path';

/** What the command line asks for. Switches are `--name=value`. */
export interface StartOptions {
  readonly dataFolder: string | undefined;
  readonly sample: boolean;
  /** Make PDFs from this list and exit. */
  readonly printJob: string | undefined;
  /** Width and height of the window in pixels, for tests and screenshots. */
  readonly windowSize: readonly [number, number] | undefined;
  /** Ledgers and sync files to open, absolute. */
  readonly files: readonly string[];
}

export function parseStart(argv: readonly string[], workingFolder: string, env: NodeJS.ProcessEnv): StartOptions {
  const value = (name: string): string | undefined => {
    const inline = argv.find((argument) => argument.startsWith(`--${name}=`));
    if (inline !== undefined) return inline.slice(name.length + 3);
    const at = argv.indexOf(`--${name}`);
    return at === -1 ? undefined : argv[at + 1];
  };
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(workingFolder, path));
  const dataFolder = value('data-dir') ?? env['BAOBAO_DATA_DIR'];
  const printJob = value('print-job');
  const size = /^(\d+)x(\d+)$/.exec(value('baobao-size') ?? '');
  return {
    dataFolder: dataFolder ? absolute(dataFolder) : undefined,
    sample: argv.includes('--sample'),
    printJob: printJob === undefined ? undefined : absolute(printJob),
    windowSize: size ? [Number(size[1]), Number(size[2])] : undefined,
    files: openableFiles(argv).map(absolute),
  };
}

/** The arguments that name a ledger or a file that travels between offices. */
function openableFiles(argv: readonly string[]): readonly string[] {
  return argv.filter((argument) => !argument.startsWith('-') && /\.bb(sync|ledger)$/i.test(argument));
}
