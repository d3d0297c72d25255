/** Icons on a grid of 24. They are decorative: text stands beside them or labels the button. */
const paths = {
  chats: 'M4 5h16v11H11l-5 4v-4H4z',
  past: 'M12 7v5l3.5 2M4.5 12a7.5 7.5 0 1 0 2.2-5.3L4.5 9M4.5 4.5V9H9',
  canned: 'M5 4h14v16H5zM8.5 9h7M8.5 12.5h7M8.5 16h4',
  stats: 'M5 4v15.5h15M9 16v-4M13 16V7.5M17 16v-6',
  hours: 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM12 8v4l2.5 2.5',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  close: 'M6 6l12 12M18 6 6 18',
  card: 'M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.8-3.6 3.8-5 7.5-5s6.7 1.4 7.5 5',
  up: 'M6 14.5 12 8.5l6 6',
  down: 'M6 9.5l6 6 6-6',
  drag: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  beside: 'M4 5h7v14H4zM13 5h7v14h-7z',
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
