export { ForcesTab } from './forces-tab.tsx';
export { HookupTab } from './hookup-tab.tsx';
export { InspectionTab } from './inspection-tab.tsx';
export { PrintTeams } from './print-teams.tsx';
export { ProjectTeamTab } from './project-team-tab.tsx';
export { ServingTab } from './serving-tab.tsx';
export { SixOnesTab } from './six-ones-tab.tsx';
