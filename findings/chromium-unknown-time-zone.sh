#!/bin/sh
# Chromium 147 (npm: @sparticuz/chromium 147.0.0, driven by playwright-core 1.64.1): the browser's own name of its time zone may be
# one that it refuses.
#
# `Intl.DateTimeFormat().resolvedOptions().timeZone` is what a page sends to a server, or gives back to Intl, to have times in the
# reader's zone; by ECMA-402 it names an available zone. Where the machine's zone is set in POSIX's form (TZ=KST-9, as
# routers, containers and old Unix have it), it is "Etc/Unknown", and `new Intl.DateTimeFormat('en', {timeZone: 'Etc/Unknown'})` is a
# RangeError. Dates are shown in UTC then, not nine hours ahead. And a zone with two names gets the old one,
# whichever the machine was given: Asia/Kolkata becomes Asia/Calcutta, so names must not be compared. A page that trusts the name fails
# for such readers only. The fix is to try the name, to fall back to UTC, and to say so.
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
