export { PrintDossier } from './print-dossier.tsx';
