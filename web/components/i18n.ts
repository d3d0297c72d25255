export type Words = Record<string, string>;

/** The first wanted language that is known, else the first known one. */
export function language(known: readonly string[], wanted: readonly string[]): string {
  for (const lang of wanted) {
    const found = known.find((k) => lang.toLowerCase().split('-')[0] === k);
    if (found) return found;
  }
  return known[0] ?? '';
}

/**
 * Returns t(key, values): `{name}` in a text is replaced by values.name. With a number `n`, `key_one`, `key_other` … by
 * the language's plural rule come before `key`. An unknown key comes back as it is.
 */
export function translator(lang: string, words: Words) {
  const plural = new Intl.PluralRules(lang);
  return (key: string, values: Record<string, string | number> = {}): string => {
    const counted = typeof values.n === 'number' ? words[`${key}_${plural.select(values.n)}`] : undefined;
    return (counted ?? words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
  };
}
