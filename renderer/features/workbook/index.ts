export { ImportExcelPage } from './import-page.tsx';
