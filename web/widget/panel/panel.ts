/** The panel: fetched on first use, drawn into the loader's shadow root. */

import { visitorToken } from '../../client/customer/visitor';
import { Refused } from '../../client/line/line';
import { browserStore } from '../../client/line/storage';
import { subjectOf } from '../../client/session/subject';
import { sharedCustomerSession } from '../../client/tabs/tabs';
import type { Config } from '../../components/config';
import { CHAT_OPEN, type Embed, type Panel } from '../embed';
import type { Shop, Words } from '../words/keys';
import { files } from './chunks';
import { dialog } from './dialog';
import { h } from './dom';
import { draft } from './draft';
import { keep } from './isolateEvents';
import frame from './panel.css';
import { read, textOf } from './text';
import { counter } from './titleCount';

/** The chat needs these; checking at the start gives a clear message instead of an error in the middle of a chat. */
const NEEDED = ['HTMLDialogElement', 'BroadcastChannel', 'LockManager'];

/** A theme that the page chooses, whatever the visitor's system has; see panel.css. */
const THEMES: Record<string, string> = {
  light: '--light:initial;--dark:',
  dark: '--light:;--dark:initial',
};

export async function mount(embed: Embed): Promise<Panel> {
  for (const name of NEEDED) if (!(name in window)) throw new Error(`no ${name}`);
  const { data, complain } = embed;
  const { site } = data;
  const beside = (file: string) => `${embed.base}/../../${file}`;
  /** Loads a file that the chat can do without: a failure is only logged. */
  const optional = <T = Words>(source?: string) => (source ? read<T>(source).catch(complain) : undefined);
  const [{ default: words }, shop, texts, gateway] = await Promise.all([
    embed.load<{ default: Words }>(embed.korean ? files.ko : files.en),
    optional<Shop>(site && beside(`sites/${site}.json`)),
    optional(data.texts),
    data.ws ?? read<Config>(beside('config.json')).then((config) => config.ws),
  ]);
  if (!/^wss?:/.test(gateway)) throw new Error(`no gateway: ${gateway}`);
  const own = texts ?? shop?.texts?.[embed.lang.slice(0, 2)];
  const ws = `${gateway}?${site ? `site=${site}&` : ''}`;
  const text = textOf(embed, words, own);
  embed.style(`${frame}:host{${shop?.style};${THEMES[data.theme ?? ''] ?? ''}}`);
  keep(embed.root);
  const kept = browserStore('localStorage');
  const count = counter();

  /** Everything of one person; of the next one nothing of it is left. */
  const begin = () => {
    let who: string | undefined;
    const token = async () => {
      const source = embed.token === undefined ? data.token : embed.token;
      const made =
        (await (typeof source === 'function' ? source() : source)) ||
        (await visitorToken().catch((refused) => {
          throw complain(refused.cause) ?? refused;
        }));
      const now = subjectOf(made);
      if (who === undefined) who = now;
      else if (who !== now) {
        restart();
        throw new Refused();
      }
      return made;
    };
    const page = () => ({
      url: location.href,
      title: count.title(),
      lang: text.lang,
      ...embed.page,
    });
    const session = sharedCustomerSession({ ws, token, page });
    const view = dialog(
      {
        ...text,
        session,
        embed,
        kept,
        draft: draft(),
        counter: count,
        ways: h('div', 'later'),
        beside: h('div'),
      },
      own?.dir ?? 'ltr',
    );
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
  if (browserStore('sessionStorage').get(CHAT_OPEN)) it.show(true, true);
  return {
    show: (open) => it.show(open),
    token: () => void it.token().catch(() => {}),
  };
}
