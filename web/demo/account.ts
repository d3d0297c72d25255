import type { Rejoin } from '../widget/embed';

const KEPT = 'shop.account';

/**
 * Logging in and out at the shop. A real shop's server signs a token for the customer who is logged in; these were signed
 * when the demo was deployed. Where none were, there is nobody to log in as.
 */
export async function account(visitor: string, chat: (fn: (chat: Rejoin) => void) => void) {
  const answer = await fetch('customers.json');
  if (!answer.ok) return;
  const customers: { name: string; token: string }[] = await answer.json();
  const label = document.querySelector<HTMLElement>('.account');
  const select = label?.querySelector('select');
  if (!label || !select) return;
  for (const name of [visitor, ...customers.map((it) => it.name)]) select.append(new Option(name));
  const kept = customers.findIndex(({ name }) => name === sessionStorage.getItem(KEPT));
  select.selectedIndex = kept + 1;
  const become = () => {
    const customer = customers[select.selectedIndex - 1];
    sessionStorage.setItem(KEPT, customer?.name ?? '');
    chat((it) => it.identify(customer?.token ?? null));
  };
  if (kept >= 0) become();
  select.addEventListener('change', become);
  label.hidden = false;
}
