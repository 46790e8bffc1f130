export { FactorsPage } from './factors-page.tsx';
export { ProjectFactorsTab } from './project-tab.tsx';
