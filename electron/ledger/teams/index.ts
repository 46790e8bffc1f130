export { readInstructions } from './instructions.ts';
export { readServing } from './serving.ts';
export {
  applyRule,
  readChecks,
  readHookup,
  readInspection,
  readProjectTeam,
  readSixOnes,
  readStewards,
  readTeams,
} from './views.ts';
