export const UTC = 'UTC';

/** The browser's name of its time zone. Chromium calls some zones Etc/Unknown, and shows UTC in them. */
export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Etc/Unknown';

/** The name if Intl accepts it, else UTC. */
export function validZone(name = browserZone()): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return UTC;
  }
}
