export { bundleCompanions } from './guard.ts';
