export { readConversion } from './conversion.ts';
export { stageCompanions } from './guard.ts';
export { moveStage } from './move.ts';
export { readStages } from './of.ts';
