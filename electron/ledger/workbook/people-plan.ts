import type { PersonText } from '../../../shared/domain/workbook/people.ts';
import { nameKey } from '../../../shared/domain/workbook/text.ts';
import type { KnownPerson } from './facts.ts';

/** A person to be added with the import. */
export interface NewPerson {
  readonly id: string;
  readonly name: string;
  title: string | null;
  phone: string | null;
  rows: number;
}

export interface PersonChoice {
  readonly id: string;
  readonly label: string;
  /** Why the choice may be wrong, for the cell; null when it is plain. */
  readonly doubt: string | null;
}

function fits(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return true;
  const [a, b] = [nameKey(left), nameKey(right)];
  return a.includes(b) || b.includes(a);
}

const labelOf = (name: string, title: string | null): string => (title === null ? name : `${name} ${title}`);

/**
 * Finds each person named in the sheet among those of the ledger by name and title, or makes one to be added. The same
 * name with titles that fit is the same person throughout the sheet.
 */
export class PeoplePlan {
  readonly #known = new Map<string, KnownPerson[]>();
  readonly #added = new Map<string, NewPerson[]>();
  readonly #newId: () => string;

  constructor(people: readonly KnownPerson[], newId: () => string) {
    this.#newId = newId;
    for (const person of people) {
      const key = nameKey(person.name);
      this.#known.set(key, [...(this.#known.get(key) ?? []), person]);
    }
  }

  get added(): readonly NewPerson[] {
    return [...this.#added.values()].flat();
  }

  find(text: PersonText): PersonChoice {
    const known = this.#known.get(nameKey(text.name)) ?? [];
    const fitting = known.filter((person) => fits(person.title, text.title));
    const [first] = fitting.length > 0 ? fitting : known;
    if (first === undefined) return this.#add(text);
    const choice = { id: first.id, label: labelOf(first.name, first.title) };
    if (fitting.length === 0)
      return { ...choice, doubt: `台账里的${labelOf(first.name, first.title)}职务不同，按同一人读入` };
    const sure = fitting.length === 1 || (text.title !== null && first.title !== null);
    return {
      ...choice,
      doubt: sure ? null : `台账里有${fitting.length}个${first.name}，取了${labelOf(first.name, first.title)}，请核对`,
    };
  }

  #add(text: PersonText): PersonChoice {
    const key = nameKey(text.name);
    const same = (this.#added.get(key) ?? []).find((person) => fits(person.title, text.title));
    if (same !== undefined) {
      if ((text.title?.length ?? 0) > (same.title?.length ?? 0)) same.title = text.title;
      same.phone ??= text.phone;
      same.rows += 1;
      return { id: same.id, label: labelOf(same.name, same.title), doubt: null };
    }
    const person: NewPerson = { id: this.#newId(), name: text.name, title: text.title, phone: text.phone, rows: 1 };
    this.#added.set(key, [...(this.#added.get(key) ?? []), person]);
    return { id: person.id, label: labelOf(person.name, person.title), doubt: null };
  }
}
