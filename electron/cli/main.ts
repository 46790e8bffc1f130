import { Command, Option } from 'commander';
import { Fault } from '../../shared/contract/faults.ts';
import { presets } from '../../shared/presets/index.ts';
import { backup, restore } from './commands/backup.ts';
import { dumpLedger, verifyLedger } from './commands/check.ts';
import { excel } from './commands/excel.ts';
import { enrol, exportSync, importSync, joinOffice, registerUnder } from './commands/exchange.ts';
import { lights, rates } from './commands/figures.ts';
import { init, status } from './commands/init.ts';
import { fillReport } from './commands/report.ts';
import { supervision } from './commands/supervision.ts';
import { EXIT, print, type Result } from './output.ts';
import { inChinese } from './usage.ts';

/** The ledger without a window: the same use cases, for offices' IT, tests and benchmarks. */

const program = inChinese(new Command('ledger'))
  .description('包保台账命令行：不开窗口，作同样的事')
  .addHelpText(
    'after',
    `
退出码：0 完成　1 意外错误　2 用法不对　3 被拒绝（台账未改动，原因见提示）　4 台账不完好`,
  );

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--ledger <file>', '台账文件（.bbledger）')
    .option('--operator <name>', '操作人')
    .option('--clock <time>', '以此时间办理，如 2021-05-18T10:00（补录、演练用）')
    .option('--json', '输出 JSON');
}

function run<O extends { readonly json?: boolean }>(
  work: (options: O) => Promise<Result>,
): (options: O) => Promise<void> {
  return async (options) => print(await work(options), options.json);
}

const collect = (value: string, previous: string[] | undefined): string[] => [...(previous ?? []), value];

command('init', '新建市级台账；--sample 装入虚构的示例市')
  .option('--place <name>', '市名', '安澜市')
  .option('--short <name>', '文号简称', '安')
  .option('--preset <key>', '方案模板', presets[0]?.key)
  .option('--year <year>', '年度')
  .option('--sample', '装入示例数据')
  .option('--projects <n>', '示例项目数')
  .option('--reports <n>', '示例每项旬报数')
  .action(run(init));

command('status', '台账概况').action(run(status));

command('import-excel', '导入 Excel 项目清单或旬报（.xlsx、.xls）')
  .requiredOption('--file <file>', 'Excel 文件')
  .option('--sheet <name>', '工作表；不写则取最像的一张')
  .addOption(new Option('--target <target>', '导入成什么').choices(['project', 'report']).default('project'))
  .option('--period <key>', '旬报的报告期，如 2021-05-2')
  .option('--unit <name>', '表中没有写责任单位时用')
  .option('--problems <file>', '有问题的行写到这个 Excel')
  .option('--dry-run', '只查看，不写入')
  .action(run(excel));

command('enrol', '制作入网文件')
  .requiredOption('--unit <name>', '责任单位，可重复', collect)
  .requiredOption('--passphrase <text>', '口令，至少六个字')
  .requiredOption('--out <folder>', '写到这个文件夹')
  .action(run(enrol));

command('register', '登记下级填报端：由县区制作入网文件')
  .requiredOption('--unit <name>', '责任单位，如镇街')
  .requiredOption('--under <name>', '报送给哪个县区')
  .action(run(registerUnder));

command('join', '用入网文件加入，建立本单位台账')
  .requiredOption('--enrolment <file>', '入网文件')
  .requiredOption('--passphrase <text>', '口令')
  .action(run(joinOffice));

command('export-sync', '导出同步文件；不写 --to 则报给上级')
  .option('--to <name>', '下级单位名称或代码')
  .requiredOption('--out <path>', '文件或文件夹')
  .option('--full', '全量')
  .action(run(exportSync));

command('import-sync', '导入同步文件或整个文件夹')
  .requiredOption('--file <path>', '文件或文件夹，可重复', collect)
  .option('--fingerprint <text>', '已电话核对的指纹，首次来件时核准，可重复', collect)
  .option('--admit', '首次来件一律核准（仅供演练）')
  .option('--dry-run', '只查验，不写入')
  .option('--allow-mass-change', '大批变更已核实')
  .action(run(importSync));

command('fill-report', '填旬报并提交')
  .requiredOption('--period <key>', '报告期，如 2021-05-2（5月中旬）')
  .option('--data <file>', 'JSON 数据：[{ "project": 名称或编号, "periodInvestment": 万元, "visibleProgress": … }]')
  .option('--copy-last', '形象进度、下步计划、存在问题参照上期')
  .option('--submit', '提交')
  .option('--incomplete', '缺报也提交')
  .option('--reason <text>', '更正理由')
  .action(run(fillReport));

const by = new Option('--by <grouping>', '按什么分组').choices(['city', 'unit', 'group', 'list']).default('unit');

command('rates', '四率').option('--date <date>', '截止日期').addOption(by).action(run(rates));

command('lights', '亮灯及原因')
  .option('--date <date>', '截止日期')
  .addOption(new Option('--light <light>', '只看一种').choices(['green', 'yellow', 'red', 'none']))
  .addOption(new Option('--by <grouping>').default('unit').hideHelp())
  .action(run(lights));

command('supervision', '红灯项目拟督办文书，登记批准后编号，打印成一个 PDF')
  .option('--date <date>', '数据截止日期')
  .option('--unit <name>', '只办这个责任单位，可重复', collect)
  .option('--limit <n>', '最多几个项目')
  .addOption(new Option('--kind <kind>', '文种；不写则按升级规则').choices(['reminder', 'order', 'warning', 'talk']))
  .option('--approved-by <name>', '批准人；不写则只拟稿')
  .option('--note <text>', '批准依据', '经请示市政府同意')
  .addOption(new Option('--form <form>', '信函式或表单式').choices(['letter', 'form']).default('letter'))
  .option('--pdf <file>', '存为 PDF')
  .option('--html <file>', '存为网页')
  .action(run(supervision));

command('dump', '台账内容的规范 JSON，用于比对两个台账')
  .option('--entity <name>', '只要这一类，可重复', collect)
  .option('--at <time>', '过去某日或某时的台账，如 2021-03-31')
  .option('--out <file>', '写入文件')
  .action(dumpLedger);

command('verify', '全面检查台账文件和流水').option('--rebuild', '再用流水重建各表，逐项比对').action(run(verifyLedger));

command('backup', '备份并核对').option('--to <folder>', '存到这个文件夹').action(run(backup));

command('restore', '用备份恢复；旧文件改名保留')
  .requiredOption('--from <file>', '备份文件（.bbbackup）')
  .option('--dry-run', '只看备份里有什么、会少什么')
  .action(run(restore));

try {
  await program.parseAsync();
} catch (error) {
  const fault = error instanceof Fault ? error : null;
  const text = fault
    ? fault.message
    : `程序遇到没有预料到的情况：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ fault: fault?.code ?? 'UNEXPECTED', text })}\n`);
  else process.stderr.write(`${text}\n`);
  process.exitCode = fault ? EXIT.fault : EXIT.unexpected;
}
