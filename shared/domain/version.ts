/** −1, 0 or 1: program versions such as '1.12.0', part by part as numbers; what is no number counts as 0. */
export function compareVersions(left: string, right: string): -1 | 0 | 1 {
  const parts = (version: string): number[] => version.split(/[.+-]/u).map((part) => Number.parseInt(part, 10) || 0);
  const [ours, theirs] = [parts(left), parts(right)];
  for (let at = 0; at < Math.max(ours.length, theirs.length); at += 1) {
    const difference = (ours[at] ?? 0) - (theirs[at] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}
