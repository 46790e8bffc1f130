import { AsOfPicker } from './as-of.tsx';
import { SearchBox } from './search-box.tsx';
import { UndoButtons } from './undo-buttons.tsx';

/** The right half of the header: search, a past day, undo. */
export function HeadTools() {
  return (
    <>
      <SearchBox />
      <AsOfPicker />
      <UndoButtons />
    </>
  );
}
