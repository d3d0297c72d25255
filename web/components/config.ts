/** What a deployment tells its pages, in `config.json` at the root of the bucket. */
export interface Config {
  ws: string;
  issuer: string;
  clientId: string;
  /** Base address of the hosted log-in. */
  login: string;
}

/** Reads the configuration that lies one folder above `base`. What is not there is no JSON either, and rejects. */
export async function readConfig(base: string): Promise<Config> {
  return (await fetch(new URL('../config.json', base))).json();
}
