export { readConversion } from './conversion.ts';
export { stageDatesOf } from './guard.ts';
export { moveStage } from './move.ts';
export { readStages } from './of.ts';
export { readYields } from './outputs.ts';
