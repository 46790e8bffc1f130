export {
  generateCity,
  SAMPLE_TODAY,
  type SampleBatch,
  type SampleOptions,
  type SampleProgress,
} from './generate.ts';
export { createSampleCounty, createSampleLedger, SAMPLE_OFFICE } from './sample-ledger.ts';
