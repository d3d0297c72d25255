export const UTC = 'UTC';

/** The browser's name of its time zone. Chromium calls some zones Etc/Unknown, and shows UTC in them. */
export const named = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Etc/Unknown';

/** The same if Intl accepts the name, else UTC. */
export function zoneOf(name = named()): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return UTC;
  }
}
