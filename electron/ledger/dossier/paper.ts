import { formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import {
  batchHtml,
  batchPages,
  chineseOrdinal,
  type FormSection,
  laySectionedForm,
  type Paper,
} from '../documents/index.ts';
import { readPage } from '../projects/index.ts';
import { readStages } from '../stages/index.ts';
import { digestOf } from '../store/digest.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { readProjectTeam } from '../teams/index.ts';
import { readBundle, readMatters, readProcedures, readYear } from './facts.ts';
import { PictureSource } from './pictures.ts';
import * as part from './sections.ts';

/** Sections that are left out leave no gap in the numbering. */
function numbered(sections: readonly FormSection[]): FormSection[] {
  return sections.map((section, index) => ({
    ...section,
    heading: `${chineseOrdinal(index + 1)}、${section.heading}`,
  }));
}

/** Of what is told and of the pictures' originals, not of how sharply a picture is printed. */
function toldDigest(sections: readonly FormSection[]): string {
  return digestOf(JSON.stringify(sections, (key, value: unknown) => (key === 'href' ? undefined : value)));
}

/**
 * 单项目台账 of one project as of a day (A5).
 *
 * @param pictures of the whole print run
 * @throws Fault UNKNOWN_ROW
 */
export async function layDossier(store: Store, id: string, date: IsoDate, pictures: PictureSource): Promise<Paper> {
  const page = await readPage(store, id, date);
  const stages = await readStages(store, id);
  const team = await readProjectTeam(store, id, date);
  const year = await readYear(store, id, date);
  const procedures = await readProcedures(store, id);
  const bundleId = page.project['bundleId'];
  const bundled = await readBundle(store, { id, bundleId: typeof bundleId === 'string' ? bundleId : null });
  const nameOf = (personId: string | null): string => {
    const name = personId === null ? null : selectRow(store, 'person', personId)?.['name'];
    return typeof name === 'string' ? name : '';
  };
  const code = page.project['code'];
  const sections = numbered([
    part.basics(page, stages, bundled),
    part.people(page, team),
    part.money(page),
    part.monthly(year),
    part.progress(year),
    part.chain(page, nameOf),
    ...part.permits(procedures),
    ...part.factors(procedures),
    ...part.financing(procedures),
    ...part.instructions(team),
    ...part.matters(await readMatters(store, id)),
    part.sheets(page),
    part.life(stages),
    ...part.outputs(stages),
    part.corrections(year),
    part.pictures(await pictures.of(store, id, date)),
  ]);
  return laySectionedForm({
    title: '重点项目推进台账',
    subtitle: String(page.project['name'] ?? ''),
    left: typeof code === 'string' ? `项目编号：${code}` : '',
    right: `数据截至${formatChinese(date)}`,
    sections,
    signatures: ['项目业主', '责任单位', '包保领导'],
    trace: { asOf: date, dataDigest: toldDigest(sections) },
    number: typeof code === 'string' ? code : '',
  });
}

/** The dossiers of a print run, each on a new sheet. @throws Fault UNKNOWN_ROW */
export async function dossierPaper(
  store: Store,
  ids: readonly string[],
  date: IsoDate,
  options: { readonly duplex: boolean; readonly ledgerPath: string },
): Promise<{ readonly html: string; readonly title: string; readonly pages: number }> {
  const { duplex, ledgerPath } = options;
  const pictures = new PictureSource(ledgerPath);
  const papers: Paper[] = [];
  for (const id of ids) papers.push(await layDossier(store, id, date, pictures));
  const [only] = papers;
  const title = papers.length === 1 && only ? only.title : `重点项目推进台账 ${papers.length} 份`;
  return { html: batchHtml(title, papers, { duplex }), title, pages: batchPages(papers, { duplex }).length };
}
