export { knownHolidayChanges, readCalendar } from './days.ts';
