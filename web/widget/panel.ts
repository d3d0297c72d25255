/** The panel: fetched on first use, drawn into the loader's shadow root. */
import { sharedCustomerSession } from '../shared/customer';
import { person, Refused, visitorToken } from '../shared/identity';
import { store } from '../shared/storage';
import { readConfig } from '../ui/config';
import { title } from './attention';
import { dialog } from './dialog';
import { draft } from './draft';
import type { Embed, Panel } from './embed';
import { files } from './files';
import frame from './panel.css';
import { said, textOf } from './text';
import type { AllWords, Shop } from './words';

export async function mount(embed: Embed): Promise<Panel> {
  const { data } = embed;
  const { site } = data;
  const [{ default: words }, shop, texts, gateway] = await Promise.all([
    embed.load<{ default: AllWords }>(embed.korean ? files.ko : files.en),
    said<Shop>(site && `${new URL(`../sites/${site}.json`, embed.base)}`),
    said(data.texts),
    data.ws ?? readConfig(embed.base).then((config) => config.ws),
  ]);
  const own = texts ?? shop?.texts?.[embed.lang.slice(0, 2)];
  const ws = `${gateway}?${site ? `site=${site}&` : ''}`;
  const text = textOf(embed, words, own);
  embed.style(`${frame}:host{${shop?.style}}`);
  const kept = store('localStorage');

  /** Everything of one person; of the next one nothing of it is left. */
  const begin = () => {
    let who: string | undefined;
    const token = async () => {
      const source = embed.token === undefined ? data.token : embed.token;
      const made = (await (typeof source === 'function' ? source() : source)) || (await visitorToken());
      const now = person(made);
      if (who === undefined) who = now;
      else if (who !== now) {
        restart();
        throw new Refused();
      }
      return made;
    };
    const page = () => ({
      url: location.href,
      title: title(),
      lang: text.lang,
      ...embed.page,
    });
    const session = sharedCustomerSession({ ws, token, page });
    const view = dialog({ ...text, session, embed, kept, draft: draft() }, own?.dir ?? 'ltr');
    session.open();
    return { ...view, session, token };
  };
  let it = begin();
  const restart = () => {
    const { open } = it.node;
    it.session.close();
    it.leave();
    it = begin();
    if (open) it.show(true);
  };
  return {
    show: (open) => it.show(open),
    identify: () => void it.token().catch(() => {}),
  };
}
