import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../build/paths.ts';
import { tool } from '../helpers/launch.ts';
import { pdfInfo } from '../helpers/pdf.ts';

/** The story of the README through the real command line, in a process of its own for each command. */

const STORY = join(projectRoot, 'test/stories/story.sh');
const COUNTIES = ['青禾县', '望川县', '柳溪县'] as const;
const folder = mkdtempSync(join(tmpdir(), 'baobao-cli-'));
const at = (name: string): string => join(folder, name);
const city = at('city.bbledger');
const env = { ...process.env, BAOBAO_DATA_DIR: at('data') };
let said = '';
let noise = '';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function ledger(...args: readonly string[]): Ended {
  const clock = args[0] === '--help' ? [] : ['--clock', '2021-05-18T11:00'];
  const line = ['--import', './build/native-env.ts', 'electron/cli/main.ts', ...args, ...clock];
  const { status, stdout, stderr } = spawnSync(process.execPath, line, { cwd: projectRoot, env, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** Output of a command with --json, which must be one JSON text and nothing else. */
function json<T>(...args: readonly string[]): T {
  return JSON.parse(ledger(...args, '--json').out) as T;
}

function dump(path: string, ...entities: readonly string[]): string {
  const { code, out } = ledger('dump', '--ledger', path, ...entities.flatMap((name) => ['--entity', name]));
  expect(code).toBe(0);
  return out;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Rows by entity. */
function tablesOf(path: string, ...entities: readonly string[]): Readonly<Record<string, Rows | undefined>> {
  return JSON.parse(dump(path, ...entities));
}

const rowsOf = (path: string, entity: string): Rows => tablesOf(path, entity)[entity] ?? [];

beforeAll(() => {
  const run = spawnSync('bash', ['-euo', 'pipefail', STORY, folder], { cwd: projectRoot, env, encoding: 'utf8' });
  said = run.stdout;
  noise = run.stderr;
  if (run.status !== 0) throw new Error(`the story ended with ${run.status}:\n${said}\n${noise}`);
}, 300_000);

describe('[story] three counties, one city, one supervision sheet', () => {
  it('is what the README quotes, in nine commands at most', () => {
    const text = readFileSync(STORY, 'utf8').trim();
    expect(readFileSync(join(projectRoot, 'README.md'), 'utf8')).toContain(`\`\`\`sh\n${text}\n\`\`\``);
    expect([...text.matchAll(/(?:^|do )L [a-z]/gmu)].length).toBeLessThanOrEqual(9);
  });

  it('ends in a PDF with a letter for each unit that is behind, and says so in Chinese', () => {
    expect(pdfInfo(at('sheet.pdf')).get('Page size')).toMatch(/A4/u);
    const text = tool('pdftotext', [at('sheet.pdf'), '-']).replace(/\s/gu, '');
    for (const [index, county] of COUNTIES.entries()) {
      expect(text).toContain(`安重办督〔2021〕${index + 1}号`);
      expect(text).toContain(county);
      expect(said).toMatch(new RegExp(`安重办督〔2021〕${index + 1}号 +${county}`, 'u'));
    }
    expect(text).toContain('青禾县污水管网改造');
    expect(text).not.toContain('青禾县粮食仓储中心');
  });

  it('keeps Chromium and its buses out of sight', () => {
    expect(noise.replaceAll(/^\[build\].*$/gmu, '').trim()).toBe('');
    expect(said).not.toMatch(/ERROR|dbus|\[build\]/u);
  });

  it('the city holds of each county what the county itself holds', () => {
    const entities = ['project', 'report', 'submission'];
    const all = tablesOf(city, ...entities);
    for (const county of COUNTIES) {
      const kept = tablesOf(at(`${county}.bbledger`), ...entities);
      for (const entity of entities) {
        const own = kept[entity] ?? [];
        const ids = new Set(own.map((row) => row['id']));
        expect(own.length).toBeGreaterThan(0);
        expect(all[entity]?.filter((row) => ids.has(row['id']))).toEqual(own);
      }
    }
    expect(all['project']).toHaveLength(6);
    expect(all['report']).toHaveLength(6);
  });

  it('the sheets go down, and what both sides keep is the same text', () => {
    const [county] = COUNTIES;
    const path = at(`${county}.bbledger`);
    expect(ledger('export-sync', '--ledger', city, '--to', county, '--out', at('down')).code).toBe(0);
    expect(ledger('import-sync', '--ledger', path, '--file', at('down')).code).toBe(0);
    const shared = ['person', 'promotionGroup', 'groupMember', 'groupUnit', 'leadingGroup', 'rule'];
    expect(dump(path, ...shared)).toBe(dump(city, ...shared));
    const sheets = rowsOf(path, 'supervisionSheet');
    expect(sheets.map((sheet) => sheet['number'])).toEqual(['安重办督〔2021〕1号']);
    expect(rowsOf(city, 'supervisionSheet')).toEqual(expect.arrayContaining([...sheets]));
  });

  it('before files are read a backup is made, one for all of them', () => {
    const names = readdirSync(at('data/backups')).flatMap((id) => readdirSync(join(at('data/backups'), id)));
    expect(names.filter((name) => name.startsWith('安澜市') && name.includes('导入前'))).toHaveLength(1);
  });

  it('reading the same files again changes nothing', () => {
    const before = dump(city);
    const { code, out } = ledger('import-sync', '--ledger', city, '--file', at('stick'));
    expect(code).toBe(0);
    expect(out).toContain('以前导入过');
    expect(dump(city)).toBe(before);
  });

  it('every ledger is sound to the last entry', () => {
    for (const path of [city, ...COUNTIES.map((county) => at(`${county}.bbledger`))]) {
      expect(ledger('verify', '--ledger', path, '--rebuild').code).toBe(0);
    }
  });
});

describe('[cli] answers', () => {
  it('--json is one JSON text for every command that only looks', () => {
    expect(json<{ office: string }>('status', '--ledger', city).office).toBe('安澜市重点项目领导小组办公室');
    expect(json<{ rows: unknown[] }>('rates', '--ledger', city).rows.length).toBeGreaterThan(0);
    expect(json<unknown>('lights', '--ledger', city)).toBeTruthy();
    expect(json<{ ok: boolean }>('verify', '--ledger', city).ok).toBe(true);
    expect(json<{ state: string }[]>('import-sync', '--ledger', city, '--file', at('stick'), '--dry-run')).toHaveLength(
      3,
    );
  });

  it('--json stays one JSON text when a PDF is printed', () => {
    const again = at('again.bbledger');
    copyFileSync(city, again);
    const pdf = at('again.pdf');
    const { pages, numbers } = json<{ pages: number; numbers: unknown[] }>(
      ...['supervision', '--ledger', again, '--unit', '柳溪县', '--approved-by', '秦副市长', '--pdf', pdf],
    );
    expect(numbers).toHaveLength(1);
    expect(Number(pdfInfo(pdf).get('Pages'))).toBe(pages);
  });

  it('0 for help, 2 for wrong usage, with the options in Chinese', () => {
    const help = ledger('--help');
    expect(help.code).toBe(0);
    expect(help.out).toContain('退出码：0 完成');
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['no-such-command'], '没有“no-such-command”这个命令'],
      [['dump'], '缺少必填的“--ledger <file>”'],
      [
        ['rates', '--ledger', city, '--by', 'weather'],
        '“weather”不能用于“--by <grouping>”，可用 city、unit、group、list',
      ],
      [['status', '--ledger', city, '--nothing'], '没有“--nothing”这个选项'],
    ];
    for (const [args, words] of wrong) {
      const { code, err } = ledger(...args);
      expect(err).toContain(words);
      expect(err).not.toMatch(/error:/u);
      expect(code).toBe(2);
    }
    expect(ledger('rates', '--help').out).not.toMatch(/Usage|Options|default|choices/u);
  });

  it('3 with the reason when refused, and the ledger is as before', () => {
    const county = at('望川县.bbledger');
    const before = dump(county);
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['init', '--ledger', city], /已有台账，没有覆盖/u],
      [['status', '--ledger', at('nowhere.bbledger')], /没有找到台账文件/u],
      [
        ['import-sync', '--ledger', county, '--file', join(projectRoot, 'README.md')],
        /不是交换文件，没有导入任何内容/u,
      ],
      [
        ['import-sync', '--ledger', county, '--file', join(at('stick'), firstStick())],
        /来自未入网的单位.*请核对是不是发给本单位的/u,
      ],
      [['fill-report', '--ledger', county, '--period', '2021-05-2', '--data', at('nothing.json')], /nothing\.json/u],
      [['import-excel', '--ledger', county, '--file', at('nothing.xlsx')], /nothing\.xlsx/u],
    ];
    for (const [args, words] of cases) {
      const { code, out, err } = ledger(...args);
      expect(`${out}${err}`).toMatch(words);
      expect(code).toBe(3);
    }
    expect(dump(county)).toBe(before);
  });

  it('3 with a wrong passphrase, and no ledger is left behind', () => {
    const target = at('wrong.bbledger');
    const invite = at('invite/柳溪县_入网.bbsync');
    const { code, err } = ledger('join', '--ledger', target, '--enrolment', invite, '--passphrase', '不是这个口令');
    expect(code).toBe(3);
    expect(err).toContain('口令不对，没有打开入网文件，也没有建立台账');
    expect(readdirSync(folder).filter((name) => name.startsWith('wrong.'))).toEqual([]);
  });

  it('a report that cannot be right is refused with each finding, as JSON too', () => {
    const data = at('wrong.json');
    const county = at('柳溪县.bbledger');
    writeFileSync(data, JSON.stringify([{ project: '柳溪县客运站', periodInvestment: 500, yearToDate: 300 }]));
    const args = [
      'fill-report',
      '--ledger',
      county,
      '--period',
      '2021-05-3',
      '--data',
      data,
      '--incomplete',
      '--submit',
    ];
    const { code, out } = ledger(...args);
    expect(code).toBe(3);
    expect(out).toMatch(/柳溪县客运站：.*累计/u);
    expect(json<{ fault: string }>(...args).fault).toBe('RULE_BROKEN');
  });

  it('a unit is registered under a county by the city, and by nobody else', () => {
    const copy = at('tiers.bbledger');
    copyFileSync(city, copy);
    const register = (path: string, unit = '云岭区'): Ended =>
      ledger('register', '--ledger', path, '--unit', unit, '--under', '青禾县');
    expect(register(copy)).toMatchObject({ code: 0 });
    const offices = rowsOf(copy, 'office');
    const above = rowsOf(copy, 'responsibilityUnit').find((row) => row['name'] === '青禾县');
    expect(offices.filter((row) => row['level'] === 'town')).toMatchObject([
      { name: '云岭区重点项目办公室', parentOfficeId: above?.['officeId'] },
    ]);
    expect(register(copy, '望川县').err).toContain('该单位已经入网');
    expect(register(at('青禾县.bbledger'))).toMatchObject({ code: 3 });
  });

  it('a folder that is not there yet is made, and takes a file of each office', () => {
    expect(existsSync(at('stick'))).toBe(true);
    expect(readdirSync(at('stick')).filter((name) => name.endsWith('.bbsync'))).toHaveLength(3);
    writeFileSync(at('plain'), '');
    const { code, err } = ledger('export-sync', '--ledger', city, '--to', '青禾县', '--out', at('plain/sub'));
    expect(code).toBe(3);
    expect(err).toContain('是文件，不是文件夹');
  });
});

function firstStick(): string {
  return readdirSync(at('stick')).find((name) => name.startsWith('青禾县')) ?? '';
}
