/** The panel: loaded on first use, drawn into the loader's shadow root. */
import { visitorToken } from '../../client/customer/visitor';
import { Refused } from '../../client/line/line';
import { browserStore } from '../../client/line/storage';
import { subjectOf } from '../../client/session/subject';
import { sharedCustomerSession } from '../../client/tabs/tabs';
import type { Config } from '../../components/config';
import { CHAT_OPEN, type Embed, type Panel } from '../embed';
import type { Shop, Words } from '../words/keys';
import { chunks } from './chunks';
import { createDialog } from './dialog';
import { h } from './dom';
import { createDraft } from './draft';
import { isolateEvents } from './isolateEvents';
import frame from './panel.css';
import { readJson, translation } from './text';
import type { Context } from './view';

/** Browser interfaces that the chat needs, checked before it opens and not only when they are used. */
const REQUIRED_APIS = ['HTMLDialogElement', 'BroadcastChannel', 'LockManager'];

/** A theme that the page chooses overrides the visitor's system; see panel.css. */
const THEMES: Record<string, string> = {
  light: '--dark:0%',
  dark: '--dark:100%',
};

export async function mount(embed: Embed): Promise<Panel> {
  for (const name of REQUIRED_APIS) if (!(name in window)) throw new Error(`no ${name}`);
  const { data, logError } = embed;
  const { site } = data;
  const deployed = (file: string) => `${embed.base}/../../${file}`;
  /** Loads an optional file: a failure is logged, and undefined returned. */
  const optional = <T = Words>(source?: string) => (source ? readJson<T>(source).catch(logError) : undefined);
  const [{ default: words }, shop, texts, gateway] = await Promise.all([
    embed.load<{ default: Words }>(chunks, embed.korean ? 'ko' : 'en'),
    optional<Shop>(site && deployed(`sites/${site}.json`)),
    optional(data.texts),
    data.ws ?? readJson<Config>(deployed('config.json')).then((config) => config.ws),
  ]);
  if (!/^wss?:/.test(gateway)) throw new Error(`no gateway: ${gateway}`);
  const shopWords = texts ?? shop?.texts?.[embed.lang.slice(0, 2)];
  const ws = `${gateway}?${site ? `site=${site}&` : ''}`;
  const text = translation(embed, words, shopWords);
  embed.addStyle(`${frame}:host{${shop?.style};${THEMES[data.theme ?? ''] ?? ''}}`);
  isolateEvents(embed.root);
  const storage = browserStore('localStorage');

  /** Starts everything that belongs to one customer. For another customer it is disposed of and started anew. */
  const startSession = () => {
    let subject: string | undefined;
    const token = async () => {
      const source = embed.token === undefined ? data.token : embed.token;
      const newToken =
        (await (typeof source === 'function' ? source() : source)) ||
        (await visitorToken().catch((refused) => {
          throw logError(refused.cause) ?? refused;
        }));
      const newSubject = subjectOf(newToken);
      if (subject === undefined) subject = newSubject;
      else if (subject !== newSubject) {
        restart();
        throw new Refused();
      }
      return newToken;
    };
    const page = () => ({
      url: location.href,
      title: context.pageTitle(),
      lang: text.lang,
      ...embed.page,
    });
    const session = sharedCustomerSession({ ws, token, page });
    const context: Context = {
      ...text,
      session,
      embed,
      storage,
      draft: createDraft(),
      profileFields: [],
      pageTitle: () => document.title,
      title: h('h2', { dir: 'auto', tabIndex: -1 }, text.t('title')),
      subtitle: h('p'),
      chatControls: h('div', 'contents'),
      besideButton: h('div'),
    };
    const dialog = createDialog(context, shopWords?.dir ?? 'ltr');
    session.open();
    return { ...dialog, session, token };
  };
  let current = startSession();
  const restart = () => {
    const { open } = current.node;
    current.session.close();
    current.dispose();
    current = startSession();
    if (open) current.show(true);
  };
  if (browserStore('sessionStorage').get(CHAT_OPEN)) current.show(true, true);
  return {
    show: (open) => current.show(open),
    token: () => void current.token().catch(() => {}),
  };
}
