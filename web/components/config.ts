/** A deployment's `config.json`, at the root of the bucket. */
export interface Config {
  ws: string;
  issuer: string;
  clientId: string;
  /** Base address of the hosted log-in. */
  login: string;
}

/** Reads `../config.json` relative to `base`. Rejects if it is missing or no JSON. */
export async function readConfig(base: string): Promise<Config> {
  return (await fetch(new URL('../config.json', base))).json();
}
