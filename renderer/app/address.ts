import { navigate, useHashLocation } from 'wouter/use-hash-location';

type Go = typeof navigate;

/** An address says all that it says: without a question of its own it has none, never that of the screen before. */
const go: Go = (to, options) => navigate(to.includes('?') ? to : `${to}?`, options);

/** The address after the `#` and how to go to another: for the router, and for what stands outside it. */
export function useAddress(): [string, Go] {
  const [location] = useHashLocation();
  return [location, go];
}
