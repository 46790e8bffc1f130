export { DisputesPage } from './disputes-page.tsx';
export { ExchangePage } from './exchange-page.tsx';
export { ExportPage } from './export-page.tsx';
export { ImportPage } from './import-page.tsx';
export { RegisterPage } from './register-page.tsx';
