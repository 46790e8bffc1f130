import type { Cadence } from '../domain/cadence.ts';
import type { IsoDate } from '../domain/date.ts';
import type { RateOptions } from '../domain/four-rates.ts';
import type { LightRule } from '../domain/light-rule.ts';

/** A goal of a campaign as its document states it (B2). Percent of 100. */
export interface PresetTarget {
  readonly key: string;
  readonly label: string;
  readonly measure: 'commencementRate' | 'investmentRate' | 'statisticsRate' | 'completionRate' | 'permitsComplete';
  /** Projects it is asked of: those in one of these lists; null: all in the scheme. */
  readonly lists: readonly string[] | null;
  /** Only projects with money from this source. */
  readonly fund?: string;
  readonly atLeast: number;
  readonly text: string;
}

/** A role at a project (B3, B4) and the project field that holds its person. */
export interface PresetRole {
  readonly field: string;
  readonly label: string;
  readonly duty: string;
  /** Lists for which the role must be filled; null: all. */
  readonly lists: readonly string[] | null;
  /** Lowest rank allowed, a value of the person's 职级. */
  readonly lowestRank?: string;
}

/** A supervision paper the scheme uses (B8), from the mildest to the severest. */
export interface PresetForm {
  readonly kind: 'reminder' | 'order' | 'warning' | 'talk';
  /** Days within which the unit answers. An editable default. */
  readonly replyDays: number;
}

/** 方案模板: one mechanism as settings. Pure data; an office changes what differs. */
export interface SchemePreset {
  readonly key: string;
  readonly name: string;
  /** The document it was read from. */
  readonly source: string;
  readonly summary: string;
  /** Values of 项目清单 the scheme covers. */
  readonly lists: readonly string[];
  readonly campaign: {
    readonly name: string;
    /** 'MM-DD', both days inside. */
    readonly from: string;
    readonly to: string;
  };
  readonly targets: readonly PresetTarget[];
  readonly cadence: Omit<Cadence, 'effectiveFrom'>;
  readonly light: Omit<LightRule, 'id' | 'version' | 'effectiveFrom'>;
  readonly rates: RateOptions;
  readonly roles: readonly PresetRole[];
  readonly forms: readonly PresetForm[];
  /** Written into each paper; a sheet is numbered only with it and the approver recorded. */
  readonly approvalSentence: string;
  readonly leadingGroup: {
    /** Follows the name of the place: '绥化市' + … */
    readonly name: string;
    readonly officeHost: string;
    /** Follows the name of the place. */
    readonly issuer: string;
    /** Follows the short name of the place: '绥' + '重办督'. */
    readonly numberWord: string;
    readonly duties: string;
  };
}

/** The body of a 规则 row of kind 方案: the preset without what has rows of its own, the campaign with its year. */
export interface SchemeBody extends Omit<SchemePreset, 'cadence' | 'light' | 'rates' | 'leadingGroup' | 'campaign'> {
  readonly campaign: { readonly name: string; readonly from: IsoDate; readonly to: IsoDate };
}
