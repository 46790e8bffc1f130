export { createCityLedger, type NewCity } from './create-city.ts';
export { Desk, type Host, openSession, type Session, statusOf } from './session.ts';
