export { ConversionView } from './conversion-view.tsx';
export { StagesTab } from './stages-tab.tsx';
