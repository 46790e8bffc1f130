import type { ProjectPage } from '../../../shared/contract/projects.ts';
import { entityOf } from '../../../shared/dictionary/index.ts';
import type { Store } from '../store/open.ts';
import { historyOf } from '../store/undo.ts';
import { EMPTY_WORDS, type Names, valueWords } from './words.ts';

const MOST_ENTRIES = 400;

interface Subject {
  readonly entity: 'project' | 'link';
  readonly id: string;
  readonly words: string;
}

type Line = ProjectPage['history'][number];

/** The making of a row is one line that tells all its first values; every later value has its own. */
function withMaking(entity: Subject['entity'], lines: readonly Line[]): Line[] {
  const nameLabel = entityOf(entity).fields['name']?.label;
  // The name is required: it has no value before only when the row was made.
  const name = lines.filter((line) => line.label === nameLabel && line.before === EMPTY_WORDS).at(-1);
  if (name === undefined) return [...lines];
  const first = lines.filter((line) => line.at === name.at && line.before === EMPTY_WORDS && line.title === name.title);
  const later = lines.filter((line) => !first.includes(line));
  const after = first.map((line) => `${line.label}：${line.after}`).join('；');
  return [...later, { ...name, label: `登记（${first.length} 项）`, before: '', after }];
}

function linesOf(store: Store, subject: Subject, names: Names): ProjectPage['history'] {
  const { fields } = entityOf(subject.entity);
  const lines = historyOf(store, subject.id, MOST_ENTRIES)
    .filter((line) => line.field !== 'projectId')
    .map((line) => ({
      at: line.at,
      operator: line.operator,
      office: names.of('office', line.officeId),
      title: line.title,
      subject: subject.words,
      label: line.label,
      before: valueWords(fields[line.field], line.before, names),
      after: valueWords(fields[line.field], line.after, names),
    }));
  return withMaking(subject.entity, lines);
}

/** Everything that happened to a project and the links of its chain, newest first, in words (C14). */
export async function projectHistory(store: Store, projectId: string, names: Names): Promise<ProjectPage['history']> {
  const links = await store.query
    .selectFrom('link')
    .select(['id', 'name'])
    .where('projectId', '=', projectId)
    .execute();
  const subjects: readonly Subject[] = [
    { entity: 'project', id: projectId, words: '项目' },
    ...links.map((link): Subject => ({ entity: 'link', id: link.id, words: `环节“${link.name}”` })),
  ];
  return subjects
    .flatMap((subject) => linesOf(store, subject, names))
    .sort((left, right) => right.at - left.at)
    .slice(0, MOST_ENTRIES);
}
