import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AgentRoom, AgentSession, AgentState } from '../../client/agent/state';
import type { RoomObject } from '../../client/wire/protocol';
import { useLongerThan } from '../../components/hooks';
import { NOTICE_AFTER_MS } from '../../components/LineNotice';
import { useTranslation } from '../../components/translation';
import type { CannedStore } from '../canned/store';
import { EmptyState } from '../components/EmptyState';
import { useMediaQuery } from '../components/useMediaQuery';
import { useShortcuts } from '../desk/shortcuts';
import { OpenState } from '../hours/OpenState';
import type { HoursStore } from '../hours/store';
import { ManyNotice } from '../many/ManyNotice';
import type { Drafts } from './drafts';
import { LeftQuestions } from './list/LeftQuestions';
import { MyChats } from './list/MyChats';
import { Queue } from './list/Queue';
import { usePointerAiming, useSteadyOrder } from './list/steadyOrder';
import { useLeft } from './list/useLeft';
import type { AgentQueue } from './list/useQueue';
import { myChats, waitingSince } from './list/waits';
import { Confirmation } from './room/Confirmation';
import { CustomerCard } from './room/CustomerCard';
import { Room } from './room/Room';
import type { ConfirmedAction } from './room/RoomHeader';
import { useConfirmation } from './room/useConfirmation';
import type { usePanes } from './usePanes';

interface Props {
  session: AgentSession;
  state: AgentState;
  queue: AgentQueue;
  panes: ReturnType<typeof usePanes>;
  drafts: Drafts;
  canned: CannedStore;
  hours: HoursStore;
}

const idOf = ({ id }: RoomObject) => id;
const idOfChat = ({ room }: AgentRoom) => room.id;

/** The agent's work: queue and own chats on the left, the open rooms beside them; on a phone one after the other. */
export function ChatsView({ session, state, queue, panes, drafts, canned, hours }: Props) {
  const { t } = useTranslation();
  const { rooms } = state;
  const { shown, active, activate, open, close } = panes;
  const ownRooms = Object.values(rooms).filter(({ mine }) => mine);
  const leftIds = useLeft(ownRooms.map(({ room: { id }, peerOnline }) => ({ id, online: peerOnline })));
  const mine = useMemo(() => myChats(rooms, leftIds), [rooms, leftIds]);
  const { target: aimTarget, aiming } = usePointerAiming();
  const { listed, more, total } = queue;
  const admin = !!state.me?.admin;
  const onSite = useSteadyOrder(queue.onSite, idOf, aiming);
  const offSite = useSteadyOrder(queue.left, idOf, aiming);
  const questions = useSteadyOrder(queue.questions, idOf, aiming);
  const away = state.status === 'away';
  const lost = useLongerThan(NOTICE_AFTER_MS, state.line === 'lost' ? state.lostSince : undefined);
  const stale = away || lost;
  const chats = useSteadyOrder(mine, idOfChat, aiming);
  const room = active === undefined ? undefined : rooms[active];
  const wide = useMediaQuery('(min-width: 1280px)');
  const [cardChoice, setCardChoice] = useState<boolean>();
  const card = (cardChoice ?? wide) && room !== undefined && (room.mine || room.card !== undefined);
  const [confirmation, setConfirmation] = useConfirmation(rooms);
  // Presence of colleagues may be half a minute old, so it is requested before a transfer.
  const choosing = confirmation?.action === 'transfer';
  useEffect(() => {
    if (choosing) void session.request({ action: 'queue' });
  }, [choosing]);

  // Another agent was faster: the pane closes, and the toast says why.
  const lostRace = state.error?.code === 'taken' ? state.error.room : undefined;
  useEffect(() => {
    if (lostRace !== undefined && shown.includes(lostRace)) close(lostRace);
  });
  const taking = useRef(new Set<string>()); // the answers bring their texts
  const take = (id: string) => {
    taking.current.add(id);
    session.take(id);
    open(id);
  };
  const step = (by: number) => {
    const at = mine.findIndex((it) => it.room.id === active);
    const next = mine.at(at < 0 ? 0 : (at + by) % mine.length);
    if (next) open(next.room.id);
  };
  const confirm = (what: ConfirmedAction) =>
    room?.mine && setConfirmation({ action: what, room: room.room.id });
  const longestWaiting = mine.find(
    (it) => it.room.id !== active && !leftIds.has(it.room.id) && waitingSince(it) !== undefined,
  );
  const hiddenChat = mine.find((it) => !shown.includes(it.room.id));
  const [first] = queue.onSite;
  const [question] = queue.questions;
  const next = hiddenChat ? () => open(hiddenChat.room.id) : first && (() => take(first.id));
  useShortcuts({
    take: () => first && take(first.id),
    takeLeft: () => question && take(question.id),
    next: () => longestWaiting && open(longestWaiting.room.id),
    up: () => step(-1),
    down: () => step(1),
    nth: (n) => mine[n] && open(mine[n].room.id),
    beside: () => hiddenChat && open(hiddenChat.room.id, true),
    close: () => active && close(active),
    end: () => confirm('end'),
    transfer: () => confirm('transfer'),
    release: () => room?.mine && session.release(room.room.id),
    card: () => setCardChoice(!card),
  });

  // A long queue is redrawn only when it has changed.
  const latest = useRef(take);
  latest.current = take;
  const list = useMemo(
    () => (
      <Queue
        {...{ onSite, left: offSite, more, shown, stale }}
        notice={admin && <ManyNotice {...{ session, queue: listed, more }} />}
        take={(id) => latest.current(id)}
        goOnline={away ? () => session.setStatus('online') : undefined}
      />
    ),
    [onSite, offSite, listed, admin, more, away, stale, session, shown.join(' ')],
  );
  const left = useMemo(
    () => (
      <LeftQuestions
        {...{ rooms: questions, total, shown, stale }}
        notice={
          admin && (
            <ManyNotice {...{ session, queue: questions, more: total - questions.length, left: true }} />
          )
        }
        take={(id) => latest.current(id)}
      />
    ),
    [questions, total, admin, stale, session, shown.join(' ')],
  );

  return (
    <main class={shown.length ? 'columns in-room' : 'columns'}>
      <h1 class="visually-hidden">{t('view_chats')}</h1>
      <div class="lists" ref={aimTarget}>
        <OpenState hours={hours} admin={admin} />
        {list}
        {left}
        <MyChats rooms={chats} left={leftIds} shown={shown} active={active} drafts={drafts} open={open} />
      </div>
      <div class="panes">
        {shown.length === 0 && (
          <EmptyState title={t('selectChat')} text={t('selectChatText')}>
            <p class="hint">{t('selectChatKeys')}</p>
          </EmptyState>
        )}
        {shown.map((id) => {
          const it = rooms[id];
          if (!it)
            return (
              <UnavailableRoom
                key={id}
                id={id}
                session={session}
                taken={taking.current.has(id)}
                back={() => close(id)}
              />
            );
          return (
            <Room
              key={id}
              id={id}
              state={it}
              session={session}
              drafts={drafts}
              canned={canned}
              active={id === active}
              several={shown.length > 1}
              card={card && id === active}
              activate={() => activate(id)}
              toggleCard={() => {
                activate(id);
                setCardChoice(!(card && id === active));
              }}
              confirm={(what) => setConfirmation({ action: what, room: id })}
              back={() => close(id)}
              close={() => close(id)}
              next={next}
            />
          );
        })}
      </div>
      {card && (
        <CustomerCard
          state={room}
          block={room.mine ? () => confirm('block') : undefined}
          unblock={state.me?.admin ? () => session.block(room.room.id, false) : undefined}
          close={() => setCardChoice(false)}
        />
      )}
      {confirmation && (
        <Confirmation
          action={confirmation.action}
          name={rooms[confirmation.room]?.room.customer.name || t('visitor')}
          colleagues={state.agents.filter(({ id }) => id !== state.me?.id)}
          transfer={(agent) => session.transfer(confirmation.room, agent)}
          end={() => session.end(confirmation.room)}
          block={() => session.block(confirmation.room, true)}
          close={() => setConfirmation(undefined)}
        />
      )}
    </main>
  );
}

/** Longer than an answer to a request for a room takes. */
const REQUEST_MS = 2_000;

interface UnavailableRoomProps {
  id: string;
  session: AgentSession;
  taken: boolean;
  back(): void;
}

/** A room of the address that the agent does not have. One that waits is loaded; for others a notice is shown. */
function UnavailableRoom({ id, session, taken, back }: UnavailableRoomProps) {
  const { t } = useTranslation();
  const [timedOut, setLate] = useState(false);
  const isWaiting = !taken && session.state.queue.some((it) => it.id === id);
  useEffect(() => {
    if (isWaiting) void session.newest(id);
    const timer = setTimeout(() => setLate(true), REQUEST_MS);
    return () => clearTimeout(timer);
  }, [id, isWaiting, session]);
  if (!timedOut) return <div class="room" aria-busy="true" />;
  return (
    <EmptyState title={t('notAssigned')} text={t('notAssignedText')}>
      <button type="button" class="secondary" onClick={back}>
        {t('back')}
      </button>
    </EmptyState>
  );
}
