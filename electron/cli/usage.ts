import type { Command, CommanderError, Option } from 'commander';
import { EXIT } from './output.ts';

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
};

/** What commander found wrong, in Chinese; the words in its message are quoted with '…'. */
function sentence({ code, message }: CommanderError): string {
  const [first = '', second = ''] = [...message.matchAll(/'([^']*)'/gu)].map(([, word = '']) => word);
  switch (code) {
    case 'commander.unknownCommand':
      return `没有“${first}”这个命令`;
    case 'commander.unknownOption':
      return `没有“${first}”这个选项`;
    case 'commander.missingMandatoryOptionValue':
      return `缺少必填的“${first}”`;
    case 'commander.optionMissingArgument':
      return `“${first}”后面缺少内容`;
    case 'commander.invalidArgument':
      return `“${second}”不能用于“${first.replace(/^-\w, /u, '')}”${/Allowed choices are (.*)\./u.exec(message)?.[1]?.replaceAll(', ', '、').replace(/^/u, '，可用 ') ?? ''}`;
    case 'commander.excessArguments':
      return '多了不认得的参数';
    default:
      return message.replace(/^error: /u, '');
  }
}

function described(option: Option): string {
  const choices = option.argChoices === undefined ? '' : `：${option.argChoices.join('、')}`;
  const usual =
    option.defaultValue === undefined || typeof option.defaultValue === 'boolean'
      ? ''
      : `（不写则为 ${String(option.defaultValue)}）`;
  return `${option.description}${choices}${usual}`;
}

/** Help and complaints of a command in Chinese, exit code 2 for wrong usage. Before its subcommands are made: they inherit. */
export function inChinese(program: Command): Command {
  return program
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [command]', '显示某个命令的帮助')
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      optionDescription: described,
      subcommandDescription: (command) => command.summary() || command.description(),
    })
    .configureOutput({ outputError: () => {} })
    .exitOverride((error) => {
      if (error.exitCode === 0) process.exit(EXIT.ok);
      // Called without a command, commander has shown the help already.
      if (error.code !== 'commander.help') process.stderr.write(`用法不对：${sentence(error)}。加 --help 看用法。\n`);
      process.exit(EXIT.usage);
    });
}
