import type { IsoDate } from '../domain/date.ts';
import type { SchemeBody, SchemePreset } from './preset.ts';
import { suihua } from './suihua.ts';

export type { PresetForm, PresetRole, PresetTarget, SchemeBody, SchemePreset } from './preset.ts';

/** Scheme presets an office can choose in a new ledger. */
export const presets: readonly SchemePreset[] = [suihua];

export function presetOf(key: string): SchemePreset | null {
  return presets.find((preset) => preset.key === key) ?? null;
}

/** Shape of the store's `Change`, which `shared` does not know. */
export interface PresetChange {
  readonly entity: 'rule' | 'leadingGroup';
  readonly id: string;
  readonly set: Readonly<Record<string, string | number | null>>;
}

export interface PresetOptions {
  /** Name of the place before the names of group and issuer: '安澜市'. */
  readonly place?: string;
  /** Before the number word: '安'. */
  readonly placeShort?: string;
  /** Of all rules; default 1 January of the year. */
  readonly effectiveFrom?: IsoDate;
}

/** What the 方案 rule holds: the preset with the campaign in its year. */
export function schemeBody(preset: SchemePreset, year: number): SchemeBody {
  const { cadence: _cadence, light: _light, rates: _rates, leadingGroup: _group, campaign, ...rest } = preset;
  return {
    ...rest,
    campaign: { name: campaign.name, from: `${year}-${campaign.from}`, to: `${year}-${campaign.to}` },
  };
}

/**
 * The rows a preset sets up in a new ledger: one version of each rule and the leading group (the last row).
 *
 * @param nextId gives a new row id at each call
 * @param year the year the campaign is held
 */
export function presetChanges(
  preset: SchemePreset,
  nextId: () => string,
  year: number,
  options: PresetOptions = {},
): readonly PresetChange[] {
  const effectiveFrom = options.effectiveFrom ?? `${year}-01-01`;
  const rule = (
    kind: 'light' | 'cadence' | 'rates' | 'scheme',
    name: string,
    body: (id: string) => object,
  ): PresetChange => {
    const id = nextId();
    return { entity: 'rule', id, set: { kind, name, version: 1, effectiveFrom, body: JSON.stringify(body(id)) } };
  };
  const { leadingGroup: group } = preset;
  const place = options.place ?? '';
  return [
    rule('light', preset.light.name, (id) => ({ id, ...preset.light, version: 1, effectiveFrom })),
    rule('cadence', `${preset.name}报送时限`, () => ({ ...preset.cadence, effectiveFrom })),
    rule('rates', `${preset.name}四率口径`, () => preset.rates),
    rule('scheme', preset.name, () => schemeBody(preset, year)),
    {
      entity: 'leadingGroup',
      id: nextId(),
      set: {
        name: `${place}${group.name}`,
        officeHost: group.officeHost,
        issuer: `${place}${group.issuer}`,
        numberWord: `${options.placeShort ?? ''}${group.numberWord}`,
        duties: group.duties,
      },
    },
  ];
}
