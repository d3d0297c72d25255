import { useState } from 'preact/hooks';
import { isDay } from '../time/days';

interface Props {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChoose(day: string): void;
}

/** A field for a day. What is typed is kept as it is until it is a day: redrawn meanwhile, it would change under the typist. */
export function DayField({ label, value: day, onChoose: choose, ...limits }: Props) {
  const [typed, setTyped] = useState<string>();
  return (
    <label>
      <span>{label}</span>
      <input
        type="date"
        required
        {...limits}
        value={typed ?? day}
        onChange={({ currentTarget: { value } }) => {
          setTyped(isDay(value) ? undefined : value);
          if (isDay(value)) choose(value);
        }}
        onBlur={() => setTyped(undefined)}
      />
    </label>
  );
}
