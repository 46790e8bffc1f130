import { create } from 'zustand';

/** What the operator had in front of him in the project list, kept while he looks at one project. */
interface ProjectsPlace {
  /** Unit chosen by chip, or null for all. */
  readonly unitId: string | null;
  readonly light: string | null;
  readonly search: string;
  /** Projects shown, in their order: 上一个, 下一个 of the project page. */
  readonly shownIds: readonly string[];
}

export const useProjectsPlace = create<ProjectsPlace>(() => ({ unitId: null, light: null, search: '', shownIds: [] }));
