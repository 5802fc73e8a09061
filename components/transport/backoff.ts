/** So many tries are made quickly; a longer outage is asked about less often. */
const eagerTries = 20;
const eagerPause = 1000;
const patientPause = 2500;

/** The longest pause before a try, milliseconds, spread so that a server's return isn't met by all at once. */
export function longestPause(failures: number): number {
  return (failures < eagerTries ? eagerPause : patientPause) * (0.6 + Math.random() * 0.4);
}

/** The pause before the next try: the first comes at once, as most losses are short. */
export function retryPause(failures: number): number {
  return Math.min(100 * 2 ** failures, longestPause(failures)) * (0.6 + Math.random() * 0.4);
}
