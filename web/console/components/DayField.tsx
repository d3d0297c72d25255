import { useState } from 'preact/hooks';
import { isDay } from '../time/days';

interface Props {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChoose(day: string): void;
}

/** A date field, YYYY-MM-DD. Incomplete input is kept as typed: redrawing the last valid day would change it while typing. */
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
