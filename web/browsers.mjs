// The browsers for tests beside Chromium, which comes from npm: Debian's own packages.
// Run as a program, it prints the missing packages of the browsers in BROWSERS.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const known = {
  firefox: { 'firefox-esr': 'firefox-esr' },
  webkit: { WebKitWebDriver: 'webkit2gtk-driver', Xvfb: 'xvfb' },
};

/** The names in BROWSERS, such as `firefox,webkit`. */
export function requested() {
  const names = (process.env.BROWSERS ?? '').split(',').filter(Boolean);
  const unknown = names.find((name) => !Object.hasOwn(known, name));
  if (unknown) throw new Error(`BROWSERS names ${unknown}; there are ${Object.keys(known).join(' and ')}.`);
  return names;
}

/** Debian's packages whose programs are not on this machine. */
export function missing(names) {
  return names
    .flatMap((name) => Object.entries(known[name]))
    .filter(([program]) => !onPath(program))
    .map(([, name]) => name);
}

/** Where a program is, or undefined. */
export function onPath(program) {
  const files = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(missing(requested()).join(' '));
