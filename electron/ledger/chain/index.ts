export { knownTemplateChanges } from './templates.ts';
