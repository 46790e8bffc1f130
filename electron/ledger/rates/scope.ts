import type { RateScope } from '../../../shared/contract/rates.ts';
import type { ProjectFigures } from './figures.ts';

/** The projects a question is about; each part of the scope narrows it. */
export function withinScope(
  figures: readonly ProjectFigures[],
  scope: RateScope | undefined,
  groupOf: ReadonlyMap<string, string>,
): readonly ProjectFigures[] {
  if (scope === undefined) return figures;
  const units = scope.unitIds && new Set(scope.unitIds);
  const groups = scope.groupIds && new Set(scope.groupIds);
  const lists = scope.lists && new Set(scope.lists);
  const projects = scope.projectIds && new Set(scope.projectIds);
  return figures.filter(
    (project) =>
      (units === undefined || units.has(project.unitId)) &&
      (groups === undefined || groups.has(groupOf.get(project.unitId) ?? '')) &&
      (lists === undefined || project.lists.some((list) => lists.has(list))) &&
      (projects === undefined || projects.has(project.id)),
  );
}
