export { knownPermitChanges } from './catalogue.ts';
