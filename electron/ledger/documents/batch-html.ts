import { A4_PORTRAIT } from './geometry.ts';
import { type Page, type Paper, pagesToHtml } from './page.ts';

export interface BatchOptions {
  /** Printed on both sides: a paper with an odd number of pages is followed by a blank one. */
  readonly duplex?: boolean;
}

/** Pages of many papers in one print run, each paper beginning on a new sheet. */
export function batchPages(papers: readonly Paper[], options: BatchOptions = {}): Page[] {
  return papers.flatMap((paper, index) => {
    const odd = paper.pages.length % 2 === 1;
    const more = index < papers.length - 1;
    const blank: Page = { size: paper.pages[0]?.size ?? A4_PORTRAIT, elements: [] };
    return options.duplex === true && odd && more ? [...paper.pages, blank] : [...paper.pages];
  });
}

/** One HTML document for the whole run; landscape papers among portrait ones are turned. */
export function batchHtml(title: string, papers: readonly Paper[], options: BatchOptions = {}): string {
  return pagesToHtml(title, batchPages(papers, options));
}
