export { PermitsPage } from './permits-page.tsx';
export { ProjectPermitsTab } from './project-tab.tsx';
