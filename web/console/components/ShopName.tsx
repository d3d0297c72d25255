import { useEffect, useState } from 'preact/hooks';

/** Names that were asked for; a shop's file says its name. */
const names = new Map<string, Promise<string>>();

function shopName(site: string): Promise<string> {
  const name =
    names.get(site) ??
    fetch(new URL(`../sites/${site}.json`, location.href))
      .then((answer) => answer.json())
      .then(
        (shop: { name?: string }) => shop.name ?? site,
        () => site,
      );
  names.set(site, name);
  return name;
}

/** Which shop a chat comes from: its key, until its name is known. Nothing for the default one. */
export function ShopName({ site }: { site: string | undefined }) {
  const [name, setName] = useState(site);
  useEffect(() => {
    if (site) void shopName(site).then(setName);
  }, [site]);
  return site ? <span class="topic">{name}</span> : null;
}
