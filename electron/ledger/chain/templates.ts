import type { ChainTemplateRow } from '../../../shared/contract/chain.ts';
import { checkTemplate, type TemplateStep } from '../../../shared/domain/chain.ts';
import { KNOWN_TEMPLATES } from '../../../shared/domain/chain-templates.ts';
import type { Change } from '../store/commit.ts';
import type { Store } from '../store/open.ts';

/** The templates every new ledger starts with. */
export function knownTemplateChanges(nextId: () => string): readonly Change[] {
  return KNOWN_TEMPLATES.flatMap(({ name, kind, note, steps }, index): Change[] => {
    const templateId = nextId();
    return [
      { entity: 'chainTemplate', id: templateId, set: { name, kind, note, sequence: index + 1 } },
      ...steps.map((step): Change => ({ entity: 'chainTemplateLink', id: nextId(), set: { templateId, ...step } })),
    ];
  });
}

type StepRow = TemplateStep & { readonly id: string; readonly templateId: string };

function stepRows(store: Store): Promise<StepRow[]> {
  return store.query
    .selectFrom('chainTemplateLink')
    .select(['id', 'templateId', 'sequence', 'name', 'unitText', 'workingDays', 'after', 'evidence'])
    .where('voided', '=', 0)
    .orderBy('sequence')
    .orderBy('id')
    .execute();
}

/** Templates in order with their steps, and what is wrong with each step. */
export async function readTemplates(store: Store): Promise<ChainTemplateRow[]> {
  const templates = await store.query
    .selectFrom('chainTemplate')
    .select(['id', 'name', 'kind', 'note'])
    .where('voided', '=', 0)
    .orderBy((e) => e.fn.coalesce('sequence', e.lit(999)))
    .orderBy('id')
    .execute();
  const steps = await stepRows(store);
  return templates.map((template) => {
    const own = steps.filter((step) => step.templateId === template.id);
    const findings = checkTemplate(own);
    return {
      ...template,
      links: own.map((step) => ({
        ...step,
        findings: findings.filter(({ sequence }) => sequence === step.sequence).map(({ sequence: _, ...each }) => each),
      })),
    };
  });
}
