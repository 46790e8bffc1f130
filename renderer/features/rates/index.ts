export { explainRate } from '../../components/explain-rate.ts';
export { RatesPage } from './rates-page.tsx';
