/** The placeholders for names in a saved reply, in both languages. */
const PLACEHOLDERS = { customer: ['customer', '고객'], agent: ['agent', '상담원'] } as const;

export type Names = Record<keyof typeof PLACEHOLDERS, string>;

/** Replaces {customer} and {agent} in a saved reply by names; other braces stay. */
export function fillPlaceholders(text: string, by: Names): string {
  return text.replace(/\{([^{}\s]+)\}/g, (whole, word: string) => {
    for (const who of ['customer', 'agent'] as const)
      if ((PLACEHOLDERS[who] as readonly string[]).includes(word.toLowerCase())) return by[who];
    return whole;
  });
}
