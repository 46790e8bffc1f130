export { AsOfBar } from './as-of-bar.tsx';
export { AsOfChoice } from './as-of-choice.tsx';
export { BackupPage } from './backup-page.tsx';
export { DamagedPage } from './damaged-page.tsx';
