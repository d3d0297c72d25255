// Loads the page anew when `make dev` has uploaded another one. It is added to pages as they are uploaded, so that none that
// is built contains it.
const loaded = new URL(import.meta.url).search.slice(1);
const address = new URL('version', import.meta.url);
setInterval(async () => {
  const answer = await fetch(address, { cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok && (await answer.text()) !== loaded) location.reload();
}, 300);
