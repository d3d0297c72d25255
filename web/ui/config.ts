/** What a deployment tells its pages, in `config.json` at the root of the bucket. */
export interface Config {
  ws: string;
  issuer: string;
  clientId: string;
  /** Base address of the hosted log-in. */
  login: string;
}

/** Reads the configuration that lies one folder above `base`. */
export async function readConfig(base: string): Promise<Config> {
  const answer = await fetch(new URL('../config.json', base));
  if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
  return answer.json();
}
