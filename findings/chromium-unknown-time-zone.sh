#!/bin/sh
# Chromium 147 (npm: @sparticuz/chromium 147.0.0, driven by playwright-core 1.64.1): the browser may report a time zone that it does
# not accept itself.
#
# A page sends `Intl.DateTimeFormat().resolvedOptions().timeZone` to a server, or passes it back to Intl, to show times in the
# reader's zone. According to ECMA-402 it names an available zone. If the machine's zone has the POSIX form (TZ=KST-9, as on
# routers, in containers and on old Unix), it is "Etc/Unknown", and `new Intl.DateTimeFormat('en', {timeZone: 'Etc/Unknown'})` throws a
# RangeError. Dates are shown in UTC then, not nine hours ahead. A zone with two names is reported by the old one,
# whichever the machine has: Asia/Kolkata becomes Asia/Calcutta, so names must not be compared. A page that trusts the name fails
# for such readers only. The fix is to try the name, to fall back to UTC, and to tell the reader.
#
# Seen:
#   KST-9: Etc/Unknown, RangeError, offset 0
#   Asia/Kolkata: Asia/Calcutta, taken, offset -330
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @sparticuz/chromium@147.0.0 playwright-core@1.64.1
cat >look.mjs <<'JS'
import chromium from '@sparticuz/chromium';
import { chromium as browsers } from 'playwright-core';

const unwanted = ['--single-process', '--no-zygote'];
for (const TZ of ['KST-9', 'Asia/Kolkata']) {
  const browser = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((it) => !unwanted.includes(it)),
    env: { ...process.env, TZ },
  });
  const page = await browser.newPage();
  const seen = await page.evaluate(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    let taken = 'taken';
    try {
      new Intl.DateTimeFormat('en', { timeZone });
    } catch (error) {
      taken = error.name;
    }
    return `${timeZone}, ${taken}, offset ${new Date(2026, 6, 1).getTimezoneOffset()}`;
  });
  console.log(`${TZ}: ${seen}`);
  await browser.close();
}
JS
node look.mjs | tee seen
grep -qx 'KST-9: Etc/Unknown, RangeError, offset 0' seen
grep -qx 'Asia/Kolkata: Asia/Calcutta, taken, offset -330' seen
