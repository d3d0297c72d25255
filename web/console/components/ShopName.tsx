import { useEffect, useState } from 'preact/hooks';

/** Shops' names by key, read from the shops' files. */
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

/** The name of a shop, or its key until the name is loaded; undefined or empty for the default shop. */
export function useShopName(site: string | undefined): string | undefined {
  const [name, setName] = useState(site);
  useEffect(() => {
    if (site) void shopName(site).then(setName);
  }, [site]);
  return name;
}

/** The name of a chat's shop; nothing for the default shop. */
export function ShopName({ site }: { site: string | undefined }) {
  const name = useShopName(site);
  return site ? <span class="topic">{name}</span> : null;
}
