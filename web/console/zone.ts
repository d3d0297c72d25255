export const UTC = 'UTC';

/** What the browser calls its time zone: Chromium has no name for some, as Etc/Unknown says, and then its clock shows UTC. */
export const named = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Etc/Unknown';

/** The same, where it is a name that may be asked for. */
export function zoneOf(name = named()): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return UTC;
  }
}
