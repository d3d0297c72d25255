import type { CustomerState } from '../../client/customer/state';
import { MAX_EMAIL } from '../../client/wire/limits';
import { h, setText } from '../panel/dom';
import { createField } from '../panel/field';
import type { Context, Screen } from '../panel/view';

/**
 * Makes the start form one that leaves a question while nobody serves: with a title and a button of its own, and a field for the
 * address, unless the shop knows it. `anew` shows the form again, after the server has refused what was entered.
 */
export function createLeaveForm(context: Context, anew: () => void) {
  const { t, session, embed, draft, profileFields, title, subtitle } = context;
  const { root } = embed;
  const panel = root.querySelector('dialog') as HTMLDialogElement;
  const form = panel.querySelector('.form') as HTMLElement;
  const send = form.lastElementChild as HTMLElement;
  const question = send.previousElementSibling as HTMLElement;
  const composer = panel.querySelector('.composer textarea') as HTMLTextAreaElement;

  /** The field that the shop asks for anyway, if it does. */
  const usual = profileFields.find(({ field }) => field.name === 'email');
  const usuallyRequired = !!usual?.field.required;
  const input = h('input', { name: 'email', type: 'email', autocomplete: 'email', dir: 'auto' });
  const address = usual ?? createField(t, 'email', input, { limit: MAX_EMAIL });
  const { field } = address;
  const [optional, error] = [field.previousSibling as Text, address.node.lastElementChild as HTMLElement];
  const why = h('p', { className: 'hint', id: 'rejoin-why' }, t('emailWhy'));
  field.setAttribute('aria-describedby', `${error.id} ${why.id}`);
  address.node.append(why);

  /** The shop's token names an address, or may do so. */
  let known = !!embedToken();
  /** Keys of refused texts that are in the form again. */
  const returned = new Set<string>();
  let refused = false;
  let shownState: [CustomerState, Screen] | undefined;

  function embedToken() {
    return embed.token === undefined ? embed.data.token : embed.token;
  }

  const readToken = async () => {
    const source = embedToken();
    known = hasEmail(`${typeof source === 'function' ? await source() : source}`);
  };
  if (known)
    readToken()
      .catch(() => (known = false))
      .then(() => shownState && update(...shownState));

  /** Puts what was refused back into the form. */
  const takeBack = ({ items }: CustomerState) => {
    const texts = items.filter(({ room, state, why }) => !room && state === 'failed' && why === 'invalid');
    const fresh = texts.filter(({ key }) => !returned.has(key));
    if (!fresh.length || !panel.open || document.hidden) return;
    for (const { key } of fresh) returned.add(key);
    refused = true;
    known = false;
    // What the page says is no address either.
    if (embed.profile?.email) embed.profile = { ...embed.profile, email: '' };
    draft.write([...fresh.map(({ text }) => text), composer.value].filter((it) => it).join('\n'));
    for (const { key } of fresh) session.discard(key);
    anew();
  };

  const update = (state: CustomerState, shown: Screen) => {
    shownState = [state, shown];
    const { hours } = state;
    const wanted = !!hours && !known;
    if (!usual && wanted !== profileFields.includes(address)) {
      if (wanted) {
        profileFields.push(address);
        question.before(address.node);
      } else {
        profileFields.splice(profileFields.indexOf(address), 1);
        address.node.remove();
      }
    }
    why.hidden = !wanted;
    field.required = usuallyRequired || (wanted && hours?.email === 'required');
    optional.data = field.required ? '' : ` ${t('optional')}`;
    setText(send, t(hours ? 'leaveSend' : 'start'));
    if (hours && shown === 'form') {
      setText(title, t('leaveTitle'));
      // Nobody has a place to lose.
      setText(subtitle, '');
    }
    if (refused && shown === 'form') {
      refused = false;
      setText(error, t(field.value ? 'invalid' : 'needed'));
      field.ariaInvalid = 'true';
      // After the panel has moved the focus to the first empty field.
      setTimeout(() => field.focus());
    }
    takeBack(state);
  };
  return { update };
}

/** Does a token name an email address? */
function hasEmail(token: string): boolean {
  const claims = atob(`${token.split('.')[1]}`.replace(/-/g, '+').replace(/_/g, '/'));
  return !!JSON.parse(claims).email;
}
