export { ListPage as SupervisionListPage } from './list-page.tsx';
export { NewPage as NewSupervisionPage } from './new-page.tsx';
export { SheetPage as SupervisionSheetPage } from './sheet-page.tsx';
