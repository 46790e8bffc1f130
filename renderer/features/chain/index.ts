export { ChainPage } from './chain-page.tsx';
export { ProjectChainTab } from './project-tab.tsx';
