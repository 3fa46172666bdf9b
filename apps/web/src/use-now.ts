/** The time, looked at again at a pace, for what says how late it is. */
import { useEffect, useState } from 'react';

/** @param pace milliseconds between two looks; milliseconds since the epoch are answered */
export function useNow(pace: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), pace);
    return () => clearInterval(timer);
  }, [pace]);
  return now;
}
