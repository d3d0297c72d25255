import { useState } from 'preact/hooks';
import type { Canned } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';
import { Icon } from '../components/Icon';
import { MAX_ROWS } from '../components/pages';
import { usePages } from '../components/usePages';

/** How many lists the page has: the agent's own and the shared ones. */
const SCOPES = 2;

interface Props {
  items: Canned[];
  editable: boolean;
  /** False while a search shows only some of them. */
  movable: boolean;
  edit(item: Canned): void;
  remove(item: Canned): void;
  move(item: Canned, to: number): Promise<void>;
}

/** The saved replies of one scope; their order is changed by dragging, or by the arrow buttons of each. */
export function CannedList({ items, editable, movable, edit, remove, move }: Props) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<Canned>();
  const [dropTarget, setDropTarget] = useState<string>();
  const [toDelete, setToDelete] = useState<Canned>();
  const { rows, from, pager } = usePages(items, MAX_ROWS / SCOPES);

  const shift = async (item: Canned, by: -1 | 1) => {
    await move(item, items.indexOf(item) + by);
    // A moved element loses the focus.
    const [same, other] = by < 0 ? ['up', 'down'] : ['down', 'up'];
    const button = (way: string) => document.getElementById(`${way}-${item.key}`) as HTMLButtonElement | null;
    (button(same)?.disabled ? button(other) : button(same))?.focus();
  };

  return (
    <>
      <ul class="messages">
        {rows.map((item, i) => (
          <li
            key={item.key}
            class={dropTarget === item.key ? 'message over' : 'message'}
            draggable={movable}
            onDragStart={({ dataTransfer }) => {
              setDragged(item);
              if (!dataTransfer) return;
              dataTransfer.effectAllowed = 'move';
              dataTransfer.setData('text/plain', item.title); // WebKit starts no drag without data
            }}
            onDragEnd={() => {
              setDragged(undefined);
              setDropTarget(undefined);
            }}
            onDragOver={(event) => {
              if (!dragged || dragged.scope !== item.scope) return;
              event.preventDefault();
              setDropTarget(item.key);
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged && dragged.key !== item.key) void move(dragged, from + i);
            }}
          >
            {movable && (
              <span class="drag-handle">
                <Icon name="drag" />
              </span>
            )}
            <div class="reply">
              <h3>{item.title}</h3>
              <p>{item.text}</p>
            </div>
            {editable && (
              <div class="actions">
                {movable && (
                  <>
                    <button
                      type="button"
                      class="icon-button"
                      id={`up-${item.key}`}
                      disabled={item === items[0]}
                      aria-label={t('moveUp', { title: item.title })}
                      onClick={() => void shift(item, -1)}
                    >
                      <Icon name="up" />
                    </button>
                    <button
                      type="button"
                      class="icon-button"
                      id={`down-${item.key}`}
                      disabled={item === items.at(-1)}
                      aria-label={t('moveDown', { title: item.title })}
                      onClick={() => void shift(item, 1)}
                    >
                      <Icon name="down" />
                    </button>
                  </>
                )}
                <button
                  type="button"
                  class="secondary"
                  aria-label={t('editNamed', { title: item.title })}
                  onClick={() => edit(item)}
                >
                  {t('edit')}
                </button>
                <button
                  type="button"
                  class="secondary danger"
                  aria-label={t('deleteNamed', { title: item.title })}
                  onClick={() => setToDelete(item)}
                >
                  {t('delete')}
                </button>
              </div>
            )}
          </li>
        ))}
        {toDelete && (
          <li>
            <Dialog
              title={t('deleteConfirm', { title: toDelete.title })}
              close={() => setToDelete(undefined)}
            >
              <button
                type="button"
                class="primary destructive"
                onClick={() => {
                  remove(toDelete);
                  setToDelete(undefined);
                }}
              >
                {t('delete')}
              </button>
            </Dialog>
          </li>
        )}
      </ul>
      {pager}
    </>
  );
}
